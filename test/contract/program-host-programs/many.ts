import { file } from 'tandem';

export default async function run({ count }: { count: number }) {
  for (let done = 0; done < count; done += 1) await file.write('counter.txt', String(done));
  return count;
}
