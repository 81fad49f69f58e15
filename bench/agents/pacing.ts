import { log, sleep } from 'tandem';

/** Something new every so many milliseconds. */
export default async function run({ times, everyMs }: { times: number; everyMs: number }): Promise<void> {
  for (let i = 0; i < times; i++) {
    await sleep(everyMs);
    await log(`${i}`);
  }
}
