import { Recorder } from '../history/recorder.ts';
import type { ExecutionState } from './execution.ts';
import type { Transition } from './interpreter.ts';
import type { Position } from './position.ts';
import { rootThread, type Thread } from './thread.ts';

/**
 * The transition that begins an execution again which has failed: its threads stand before the states that they failed
 * in. What branches have come to that succeeded stays.
 */
export function redrive(execution: ExecutionState, count: number): Transition {
  const { threads, lastEvent } = execution;
  const history = new Recorder(lastEvent);
  const last = history.record(['ExecutionRedriven', count], lastEvent);
  const kept = new Map<number, Thread>();
  const keep = (thread: Thread): void => {
    const branches = branchesOf(thread, threads);
    kept.set(thread.id, {
      ...thread,
      last,
      position: again(execution, thread.position, branches !== undefined),
    });
    for (const branch of branches ?? []) keep(branch);
  };
  keep(threads.get(rootThread) as Thread);
  return {
    events: history.events,
    ending: undefined,
    threads: [...kept.values()],
    gone: [...threads.keys()].filter((id) => !kept.has(id)),
    calls: [],
  };
}

/**
 * The branches of a thread's state that are to be run again; `undefined` where that is the state as a whole: it has
 * none, or they are not what it failed of.
 */
function branchesOf(
  { id, position }: Thread,
  threads: ExecutionState['threads'],
): readonly Thread[] | undefined {
  if (position.kind !== 'parallel' && position.kind !== 'map') return undefined;
  const branches = [...threads.values()].filter(({ parent }) => parent === id);
  const awaited = position.results.flatMap((result, index) => (result === undefined ? [index] : []));
  const isWhole = awaited.every((wanted) => branches.some(({ index }) => index === wanted));
  return branches.length > 0 && isWhole ? branches : undefined;
}

/** Where a thread begins again. A Fail state is entered once more; others go on as if they had just been entered. */
function again({ machine }: ExecutionState, position: Position, hasBranches: boolean): Position {
  if (position.kind === 'next') return position;
  const { state, input, entered, enteredAt } = position;
  if (hasBranches) return { ...position, retries: [] };
  if (machine.states.get(state)?.type === 'Fail') return { kind: 'next', state, input };
  return { kind: 'entered', state, input, entered, enteredAt, retries: [] };
}
