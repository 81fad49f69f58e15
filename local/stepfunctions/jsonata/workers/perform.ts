import type { JsonataEngine } from '../engine.ts';
import { Stop } from '../library/stop.ts';
import { type Outcome, stoppedBy } from '../outcome.ts';
import type { Job } from './job.ts';

/** Steps that any expression may take: about a second. */
const steps = 40_000_000;

/** Evaluates what was handed over. Throws nothing; only the regular expressions in it can take for ever. */
export function perform(job: Job, engine: JsonataEngine): Outcome {
  const values = Object.entries(JSON.parse(job.values) as object);
  try {
    const tree = engine.parse(job.source);
    return engine.evaluate(tree, { values, steps, patterns: true, now: job.now, seeds: job.seeds });
  } catch (error) {
    if (error instanceof Stop) return stoppedBy(error.reason);
    throw error;
  }
}
