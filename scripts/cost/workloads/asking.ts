import { approval, file } from 'tandem';

/** Does something, asks a person, and does so many more operations. */
export default async function run({ operations }: { readonly operations: number }) {
  await file.write('claim.md', 'A claim of 275.00\n');
  await approval.request({ what: 'Hand in a claim of 275.00', why: 'It is above the limit' });
  for (let index = 2; index < operations; index += 1) await file.write(`part-${index}.md`, `Part ${index}\n`);
  return { operations };
}
