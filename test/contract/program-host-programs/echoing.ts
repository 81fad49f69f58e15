import { file } from 'tandem';

/** Reads `count` files and writes what it read, all of it at once. */
export default async function run({ count }: { count: number; ballast?: string }) {
  let text = '';
  for (let done = 0; done < count; done += 1) text += await file.read(`${done}.txt`);
  await file.write('all.txt', text);
  return text.length;
}
