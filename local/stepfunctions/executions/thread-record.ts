import type { JsonData } from '../data-flow/json-data.ts';
import type { Position, TaskPosition } from './position.ts';
import { rootThread, type Thread } from './thread.ts';

/** Where a JSON text lies in an execution's journal: transition and number in it (`history/pack.ts`). */
export type TextPlace = readonly [transition: number, text: number];

type Place = (data: JsonData) => TextPlace;
type Load = (place: TextPlace) => JsonData;

/** What a transition has made of the threads, as it is written. */
export interface ThreadChanges {
  readonly threads: readonly Thread[];
  /** Numbers of the threads that have ended. */
  readonly gone: readonly number[];
  /** Whether these are all there are. */
  readonly whole: boolean;
  /** Id of the execution's last event. */
  readonly lastEvent: number;
}

/** The changes as text. Most executions have one thread: theirs is its position alone. */
export function recordThreads(changes: ThreadChanges, place: Place): string {
  const { threads, gone, whole, lastEvent } = changes;
  const [only] = threads;
  if (whole && threads.length === 1 && only?.id === rootThread) {
    return JSON.stringify(threadRecord(only, lastEvent, place));
  }
  const records = threads.map((thread) => [
    thread.id,
    thread.parent ?? null,
    thread.index,
    threadRecord(thread, lastEvent, place),
  ]);
  return JSON.stringify({ threads: records, gone, whole });
}

/** `last` is left out where the line ends with the transition, as that of a lone thread does. */
function threadRecord({ position, last, variables }: Thread, lastEvent: number, place: Place): object {
  return {
    ...positionRecord(position, place),
    ...(last === lastEvent ? {} : { last }),
    ...(variables === undefined ? {} : { variables: place(variables) }),
  };
}

function positionRecord(position: Position, place: Place): object {
  const input = place(position.input);
  switch (position.kind) {
    case 'task':
      return { ...position, input, submission: position.submission && place(position.submission) };
    case 'parallel':
      return { ...position, input, results: position.results.map((data) => data && place(data)) };
    case 'map': {
      const results = position.results.map((data) => data && place(data));
      return { ...position, input, items: place(position.items), results };
    }
    default:
      return { ...position, input };
  }
}

interface RecordedThread {
  readonly kind: Position['kind'];
  readonly last?: number;
  readonly input: TextPlace;
  readonly variables?: TextPlace;
  readonly submission?: TextPlace;
  readonly items?: TextPlace;
  readonly results?: readonly (TextPlace | null)[];
}

interface RecordedChanges {
  readonly threads: readonly (readonly [number, number | null, number, RecordedThread])[];
  readonly gone: readonly number[];
  readonly whole: boolean;
}

/** Recorded changes again. `load` fetches a text when it is first looked at. */
export function readThreads(recorded: string, lastEvent: number, load: Load): ThreadChanges {
  const read = JSON.parse(recorded) as RecordedThread | RecordedChanges;
  if (!('threads' in read)) {
    const root = readThread({ id: rootThread, parent: undefined, index: 0 }, read, { lastEvent, load });
    return { threads: [root], gone: [], whole: true, lastEvent };
  }
  const threads = read.threads.map(([id, parent, index, record]) =>
    readThread({ id, parent: parent ?? undefined, index }, record, { lastEvent, load }),
  );
  return { threads, gone: read.gone, whole: read.whole, lastEvent };
}

function readThread(
  identity: Pick<Thread, 'id' | 'parent' | 'index'>,
  { last, variables, ...recorded }: RecordedThread,
  { lastEvent, load }: { readonly lastEvent: number; readonly load: Load },
): Thread {
  return {
    ...identity,
    last: last ?? lastEvent,
    variables: variables && load(variables),
    position: readPosition(recorded, load),
  };
}

function readPosition({ input, submission, items, results, ...rest }: RecordedThread, load: Load): Position {
  const read = {
    ...rest,
    input: load(input),
    ...(items === undefined ? {} : { items: load(items) }),
    ...(results === undefined
      ? {}
      : { results: results.map((place) => (place === null ? undefined : load(place))) }),
  } as Position;
  return read.kind === 'task' ? completed(read, submission && load(submission)) : read;
}

/** JSON leaves out what is undefined; one shape for all keeps the hot path fast. */
function completed(position: TaskPosition, submission: JsonData | undefined): TaskPosition {
  const { token, deadline, heartbeat } = position;
  return { ...position, token, submission, deadline, heartbeat };
}
