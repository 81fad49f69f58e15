import { now, sleep } from 'tandem';

/** Sleeps. Returns for how long, by the record's clock, in milliseconds. */
export default async function run({ ms }: { ms: number }): Promise<number> {
  const before = await now();
  await sleep(ms);
  return (await now()) - before;
}
