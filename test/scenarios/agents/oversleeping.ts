import { sleep } from 'tandem';

/** Sleeps so many times at once, so that all of them end at the same moment. */
export default async function run({ times, ms }: { times: number; ms: number }): Promise<number> {
  return (await Promise.all(Array.from({ length: times }, () => sleep(ms)))).length;
}
