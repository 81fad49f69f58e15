import { now, sleep } from 'tandem';

/** Sleeps, and looks at the clock before and after. */
export default async function run({ naps }: { naps: number[] }): Promise<number> {
  for (const ms of naps) {
    const before = await now();
    await sleep(ms);
    const slept = (await now()) - before;
    if (slept < ms) throw new Error(`Slept ${slept} ms instead of ${ms}`);
  }
  return naps.length;
}
