import type { Evidence, Finding } from '../evidence.ts';
import { recoveries } from '../recovery.ts';

/** Far longer than it takes on a busy machine, and shorter than what only the reconciler's schedule brings on. */
const limitMs = 15_000;

/** Whoever was cut off is looked after when the next server comes up, not some time later. */
export function checkRecovery(evidence: Evidence): Finding[] {
  return recoveries(evidence)
    .filter((ms) => ms > limitMs)
    .map((ms) => ({
      check: 'recovery',
      message: `After a kill, some run in flight only moved ${ms} ms after exec`,
    }));
}
