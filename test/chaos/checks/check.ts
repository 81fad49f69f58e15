import type { Evidence, Finding } from '../evidence.ts';
import { checkActs } from './acts.ts';
import { checkChildren } from './children.ts';
import { checkCommands } from './commands.ts';
import { checkLists } from './lists.ts';
import { checkLogs } from './logs.ts';
import { checkPauses } from './pauses.ts';
import { checkRecovery } from './recovery.ts';
import { checkRuns } from './runs.ts';
import { checkSurroundings } from './surroundings.ts';

const checks = [
  checkRuns,
  checkLogs,
  checkActs,
  checkPauses,
  checkCommands,
  checkChildren,
  checkLists,
  checkRecovery,
  checkSurroundings,
] as const;

/** Everything that must not be. Empty: nothing was lost, nothing done twice, nothing left behind. */
export function check(evidence: Evidence): Finding[] {
  return checks.flatMap((find) => find(evidence));
}
