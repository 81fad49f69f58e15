import type { Evidence, Finding } from '../evidence.ts';
import { recoveries } from '../recovery.ts';

/** Far longer than it takes on a busy machine, and shorter than what only the reconciler's schedule brings on. */
const limitMs = 25_000;

/** Whoever was cut off is looked after once the next server is up, not some time later. */
export function checkRecovery(evidence: Evidence): Finding[] {
  return recoveries(evidence)
    .map(({ upMs, movingMs }) => movingMs - upMs)
    .filter((ms) => ms > limitMs)
    .map((ms) => ({
      check: 'recovery',
      message: `Some run that was cut off only moved ${ms} ms after the next server was up`,
    }));
}
