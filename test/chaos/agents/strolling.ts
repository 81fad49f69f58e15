import { file, sleep } from 'tandem';
import { expectContent } from './walk.ts';

/** Step by step, slowly enough to be paused on the way. */
export default async function run({ rounds, pauseMs }: { rounds: number; pauseMs: number }): Promise<number> {
  for (let round = 1; round <= rounds; round += 1) {
    await file.write('round.txt', String(round));
    await sleep(pauseMs);
    await expectContent('round.txt', String(round));
  }
  return rounds;
}
