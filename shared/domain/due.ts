import { decide } from './decide.ts';
import type { RunState } from './state.ts';

/** Times after which the reconciler looks at a run that should have moved, in milliseconds. */
const grace = {
  working: 45_000,
  waiting: 3_600_000,
  deadline: 30_000,
  ended: 30_000,
} as const;

/** Work moves `checkAt` only in steps of this size, so that few appends have to rewrite it. */
const workingStep = 15_000;

/**
 * When the reconciler must look at a run (rule 11), in milliseconds since the epoch; `null` when never: it has ended and nobody else has to
 * be told. A waiting run is looked at now and then too, since its execution may have been lost.
 */
export function checkAt(state: RunState): number | null {
  const at = Date.parse(state.at);
  if (state.end) return needsTidying(state) ? at + grace.ended : null;
  const directive = decide(state);
  if (directive.kind !== 'approval' && directive.kind !== 'signal') {
    return Math.floor(at / workingStep) * workingStep + grace.working;
  }
  const latest = at + grace.waiting;
  return directive.deadline ? Math.min(Date.parse(directive.deadline) + grace.deadline, latest) : latest;
}

/** Whether the end of this run concerns others: its parent, or children that still run. */
export function needsTidying(state: RunState): boolean {
  return state.parent !== undefined || Object.values(state.open).some(({ kind }) => kind === 'agent.call');
}
