import type { Ended } from '../../scripts/test-runner/run-file.ts';
import { endedLine } from '../../scripts/test-runner/texts.ts';

/** Says what has ended of a run that takes minutes: suites that a reader knows by name, and every failure. */
export function tell(ended: Ended): void {
  if ((ended.isSuite && ended.nesting < 3) || ended.why !== undefined) console.log(endedLine(ended));
}
