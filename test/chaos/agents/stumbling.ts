import { file, sleep } from 'tandem';
import { walk } from './walk.ts';

/** Goes some way and falls. */
export default async function run({ steps, salt }: { steps: number; salt: string }): Promise<never> {
  await walk(steps, salt);
  await sleep(500);
  await file.read('missing.txt');
  throw new Error('The missing file was found');
}
