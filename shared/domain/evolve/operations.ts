import { TandemError } from '../../errors/tandem-error.ts';
import type { EventOf } from '../events.ts';
import { operationKinds } from '../operations.ts';
import type { OpenOperation, RunState } from '../state.ts';

type Change = Partial<RunState>;

/** Operations enter the log in the order the program issued them, without gaps. */
function assertNext(state: RunState, operation: number): void {
  if (state.generation === 0) throw illegal(state, operation, 'no execution carries the run yet');
  if (operation <= state.lastOperation) throw answered(state, operation);
  if (operation !== state.lastOperation + 1)
    throw illegal(state, operation, `${state.lastOperation} was the last one`);
}

/** The open operation of that number; throws `operation.answered` if it has its outcome already. */
function openOperation(state: RunState, operation: number): OpenOperation {
  const open = state.open[operation];
  if (open) return open;
  if (operation >= 1 && operation <= state.lastOperation) throw answered(state, operation);
  throw illegal(state, operation, 'it was never requested');
}

export function requestOperation(state: RunState, event: EventOf<'operation.requested'>): Change {
  const { operation, kind } = event.payload;
  assertNext(state, operation);
  const nature = operationKinds[kind];
  if (nature !== 'claimed' && nature !== 'awaited')
    throw illegal(state, operation, `${kind} is recorded with its outcome`);
  return {
    open: { ...state.open, [operation]: { ...event.payload, requestedAt: event.at } },
    lastOperation: operation,
    ...fruit,
  };
}

export function startOperation(state: RunState, event: EventOf<'operation.started'>): Change {
  const { operation, worker } = event.payload;
  const open = openOperation(state, operation);
  if (open.worker) throw answered(state, operation, 'is claimed by another worker');
  if (operationKinds[open.kind] !== 'claimed') throw illegal(state, operation, `${open.kind} is not claimed`);
  return { open: { ...state.open, [operation]: { ...open, worker, startedAt: event.at } }, ...fruit };
}

export function completeOperation(state: RunState, event: EventOf<'operation.completed'>): Change {
  const { operation, record, tree, artifact, signal } = event.payload;
  const change: Change = {
    answered: state.answered + 1,
    ...fruit,
    ...(tree === undefined ? {} : { tree }),
    ...(artifact ? { artifacts: state.artifacts + 1 } : {}),
    ...(signal === undefined ? {} : { signals: withoutSignal(state, signal) }),
  };
  if (record) {
    assertNext(state, operation);
    return { ...change, lastOperation: operation };
  }
  openOperation(state, operation);
  return { ...change, ...withoutOperation(state, operation) };
}

/** Only a claim can be cut off: without one nothing has happened. */
export function interruptOperation(state: RunState, operation: number): Change {
  const open = openOperation(state, operation);
  if (!open.worker) throw illegal(state, operation, 'it was never claimed');
  return { answered: state.answered + 1, ...fruit, ...withoutOperation(state, operation) };
}

/** Noted only: the outcome that stands came first. Who reports on what was never asked is no worker of this run. */
export function noteLate(state: RunState, operation: number): Change {
  if (operation < 1 || operation > state.lastOperation)
    throw illegal(state, operation, 'it was never requested');
  return {};
}

/** The agent has got on: the generation is not barren. */
const fruit = { fruitful: true, barren: 0 } as const;

function withoutOperation(state: RunState, operation: number): Pick<RunState, 'open' | 'approvals'> {
  const { [operation]: _, ...open } = state.open;
  const { [operation]: __, ...approvals } = state.approvals;
  return { open, approvals };
}

function withoutSignal(state: RunState, seq: number): RunState['signals'] {
  const rest = state.signals.filter((signal) => signal.seq !== seq);
  if (rest.length === state.signals.length) {
    throw new TandemError('log.illegal', {
      message: `Signal ${seq} of ${state.run} is not there to be consumed`,
    });
  }
  return rest;
}

function answered(state: RunState, operation: number, what = 'already has an outcome'): TandemError {
  return new TandemError('operation.answered', {
    message: `Operation ${operation} of ${state.run} ${what}`,
    details: { run: state.run, operation },
  });
}

function illegal(state: RunState, operation: number, why: string): TandemError {
  return new TandemError('log.illegal', {
    message: `Operation ${operation} of ${state.run} cannot be recorded: ${why}`,
    details: { run: state.run, operation },
  });
}
