import type { RunStatus } from './state.ts';

const endedStatuses: ReadonlySet<RunStatus> = new Set(['succeeded', 'failed', 'cancelled']);

/** What runs are listed by; each of these has an index, newest first. */
interface RunCriteria {
  readonly agent?: string;
  readonly status?: RunStatus;
  readonly session?: string;
  readonly parent?: string;
}

/** The index that leaves the fewest rows to look at; few runs are of a status that has not ended. */
export function runIndex({ agent, status, session, parent }: RunCriteria): keyof RunCriteria | undefined {
  if (parent !== undefined) return 'parent';
  if (session !== undefined) return 'session';
  if (status !== undefined && !endedStatuses.has(status)) return 'status';
  if (agent !== undefined) return 'agent';
  return status === undefined ? undefined : 'status';
}
