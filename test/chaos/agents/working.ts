import { expectContent } from './walk.ts';
import { insisted, tried } from './witnessed.ts';

interface Input {
  readonly witness: string;
  readonly seconds: readonly number[];
  /** Whether a command that was cut off is run again. */
  readonly insists: boolean;
}

/** One command after the other, and what each of them left in the workspace. Returns how many came to their end. */
export default async function run({ witness, seconds, insists }: Input): Promise<number> {
  let done = 0;
  for (const [index, duration] of seconds.entries()) {
    const its = { witness, label: `part${index}`, seconds: duration };
    if (!insists) {
      done += (await tried(its)) ? 1 : 0;
      continue;
    }
    await expectContent(its.label, `${its.label}.${await insisted(its)}`);
    done += 1;
  }
  return done;
}
