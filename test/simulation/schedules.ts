import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { playSchedule } from './schedule.ts';

/** Schedules of one test file; there are four files, so that as many processes can share the work. */
const perFile = 2_500;
const perTest = 250;

/**
 * The schedules of one file. `SEED=n node --test test/simulation/schedules-1.test.ts` plays exactly that one, as it is
 * named when it fails.
 */
export function describeSchedules(file: number): void {
  const { SEED: seed } = process.env;
  describe(`schedules, part ${file}`, () => {
    if (seed !== undefined) {
      test(`SEED=${seed}`, { skip: file !== 1 }, async () => {
        await playSchedule(Number(seed));
      });
      return;
    }
    for (let first = (file - 1) * perFile + 1; first <= file * perFile; first += perTest) {
      test(`from seed ${first} on`, async (context) => {
        const { deaths, calls } = await playAll(first, perTest);
        context.diagnostic(`${perTest} schedules, ${calls} calls of ports, ${deaths} deaths of processes`);
        assert.ok(deaths > perTest / 2 && calls > perTest * 100, 'too little happens');
      });
    }
  });
}

async function playAll(first: number, count: number): Promise<{ deaths: number; calls: number }> {
  let deaths = 0;
  let calls = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const world = await playSchedule(seed).catch((cause: unknown) => {
      throw new Error(`SEED=${seed} fails: ${String(cause)}`, { cause });
    });
    deaths += world.deaths;
    calls += world.calls;
  }
  return { deaths, calls };
}
