import { TandemError } from '../errors/tandem-error.ts';
import { eventHash } from './chain.ts';
import type { EventOf, EventType, RunEvent } from './events.ts';
import { applyApproval, requestApproval } from './evolve/approvals.ts';
import { carry } from './evolve/generations.ts';
import {
  completeOperation,
  interruptOperation,
  noteLate,
  requestOperation,
  startOperation,
} from './evolve/operations.ts';
import type { RunState } from './state.ts';

/** What an event changes in the state, besides its place in the chain. */
type Change = Partial<RunState>;
type Appliers = { readonly [T in EventType]?: (state: RunState, event: EventOf<T>) => Change };

const appliers: Appliers = {
  'run.carried': (state, { payload, at }) => carry(state, payload.generation, at),
  'run.paused': (_, { payload }) =>
    payload.suspension ? { paused: true, suspended: true } : { paused: true },
  'run.resumed': ({ suspended }) => (suspended ? { paused: false, suspended: false } : { paused: false }),
  'run.cancel-requested': (state, { by, payload }) =>
    state.cancelRequested ? {} : { cancelRequested: { by, ...payload } },
  'signal.received': (state, { seq, payload }) => ({ signals: [...state.signals, { seq, ...payload }] }),
  'operation.requested': requestOperation,
  'operation.started': startOperation,
  'operation.completed': completeOperation,
  'operation.interrupted': (state, { payload }) => interruptOperation(state, payload.operation),
  'operation.late': (state, { payload }) => noteLate(state, payload.operation),
  'approval.requested': requestApproval,
  'approval.approved': (state, event) => applyApproval(state, event, 'approved'),
  'approval.denied': (state, event) => applyApproval(state, event, 'denied'),
  'approval.expired': (state, event) => applyApproval(state, event, 'expired'),
  'run.succeeded': (_, { at, payload }) => ({ end: { status: 'succeeded', at, ...payload } }),
  'run.failed': (_, { at, payload }) => ({ end: { status: 'failed', at, ...payload } }),
  'run.cancelled': (_, { at, payload }) => ({ end: { status: 'cancelled', at, ...payload } }),
};

/**
 * The next state. Pure. Throws when the event can't follow (rule 7): `run.ended`, `operation.answered`,
 * `approval.decided`, `approval.expired`, `run.superseded`, or `log.illegal` for what no writer of ours would write.
 */
export function evolve(state: RunState | undefined, event: RunEvent): RunState {
  if (!state) return begin(event);
  if (state.end)
    throw new TandemError('run.ended', { details: { run: state.run, status: state.end.status } });
  if (event.run !== state.run || event.seq !== state.seq + 1) {
    throw illegal(event, `it does not follow event ${state.seq} of ${state.run}`);
  }
  const apply = appliers[event.type] as ((state: RunState, event: RunEvent) => Change) | undefined;
  if (!apply) throw illegal(event, 'a run is created once');
  return { ...state, ...apply(state, event), seq: event.seq, hash: eventHash(event), at: event.at };
}

/** Folds events onto a state; folding a prefix and then the rest equals folding all. */
export function fold(state: RunState | undefined, events: Iterable<RunEvent>): RunState | undefined {
  let folded = state;
  for (const event of events) folded = evolve(folded, event);
  return folded;
}

function begin(event: RunEvent): RunState {
  if (event.type !== 'run.created' || event.seq !== 1) throw illegal(event, 'a run begins with run.created');
  return {
    ...event.payload,
    tenant: event.tenant,
    run: event.run,
    createdAt: event.at,
    seq: 1,
    hash: eventHash(event),
    at: event.at,
    generation: 0,
    barren: 0,
    fruitful: false,
    lastOperation: 0,
    answered: 0,
    open: {},
    approvals: {},
    signals: [],
    paused: false,
    artifacts: 0,
  };
}

function illegal(event: RunEvent, why: string): TandemError {
  return new TandemError('log.illegal', {
    message: `Event ${event.seq} (${event.type}) of ${event.run} cannot stand here: ${why}`,
    details: { run: event.run, seq: event.seq, type: event.type },
  });
}
