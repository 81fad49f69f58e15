import { file, log } from 'tandem';

/** Says hello, and leaves the greeting behind. */
export default async function run({ name }: { name: string }) {
  const greeting = `Hello, ${name}!`;
  log('Greets', { name });
  await file.write('greeting.txt', greeting);
  return { greeting, kept: await file.read('greeting.txt') };
}
