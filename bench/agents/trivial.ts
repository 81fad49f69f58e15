import { file } from 'tandem';

/** Three operations that do as little as operations can and are recorded all the same. */
export default async function run(): Promise<number> {
  let files = 0;
  for (let i = 0; i < 3; i++) files += (await file.list()).length;
  return files;
}
