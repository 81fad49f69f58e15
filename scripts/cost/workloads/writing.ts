import { file } from 'tandem';

/** Does so many operations that are done inside a step: writes files. */
export default async function run({ operations }: { readonly operations: number }) {
  for (let index = 1; index <= operations; index += 1) {
    await file.write(`part-${index}.md`, `Part ${index} of ${operations}: ${'text '.repeat(20)}\n`);
  }
  return { operations };
}
