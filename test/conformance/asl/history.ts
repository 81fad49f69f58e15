import type { Json } from '../../../shared/domain/json.ts';
import { type Difference, difference, type Exactness } from './difference.ts';
import type { ToldEvent } from './events.ts';
import { assign } from './pairing.ts';
import type { RecordedEvent } from './vector.ts';

interface Histories {
  readonly expected: readonly RecordedEvent[];
  readonly actual: readonly ToldEvent[];
  /** `partial`: branches ran side by side, and their events may be mixed in any way. */
  readonly order: 'total' | 'partial';
}

type Compared = Difference | undefined;

/** The names of the states that were entered and exited, in turn. */
export function stateNamesDifference(histories: Histories): Compared {
  const names = (events: readonly { readonly type: string; readonly details: Json }[]): Json[] =>
    events
      .filter(({ type }) => /State(Entered|Exited)$/.test(type))
      .map(({ details }) => (details as { readonly name?: Json }).name ?? null);
  return listDifference(names(histories.expected), names(histories.actual), histories.order, 'stateNames');
}

export function typesDifference({ expected, actual, order }: Histories): Compared {
  const types = (events: readonly { readonly type: string }[]): Json[] => events.map(({ type }) => type);
  return listDifference(types(expected), types(actual), order, 'eventTypes');
}

function listDifference(
  expected: Json[],
  actual: Json[],
  order: 'total' | 'partial',
  name: string,
): Compared {
  const path = `$.${name}`;
  if (order === 'total') return difference(expected, actual, { path });
  const left = [...actual];
  for (const one of expected) {
    const place = left.indexOf(one);
    if (place < 0) return { path, expected: one };
    left.splice(place, 1);
  }
  return undefined;
}

/**
 * How many events there were. Where a stretch was sorted, events that looked alike were lost to the recorder: its last
 * id says how many there had been.
 */
const countOf = (expected: readonly RecordedEvent[]): number =>
  Math.max(expected.length, ...expected.map(({ id }) => id ?? 0));

/** Ids, and which event follows which. */
export function orderDifference({ expected, actual, order }: Histories): Compared {
  const broken = actual.findIndex(
    ({ id, previousEventId }, index) => id !== index + 1 || previousEventId >= id,
  );
  if (broken >= 0) {
    const { id, previousEventId } = actual[broken] as ToldEvent;
    return { path: `$.events[${broken}]`, expected: { id: broken + 1 }, actual: { id, previousEventId } };
  }
  const count = countOf(expected);
  if (order === 'partial')
    return count === actual.length
      ? undefined
      : { path: '$.events.length', expected: count, actual: actual.length };
  const ids = (events: readonly Pick<RecordedEvent, 'id' | 'previousEventId'>[]): Json[] =>
    events.map(({ id, previousEventId }) => ({ id, previousEventId }));
  return difference(ids(expected), ids(actual), { path: '$.events' });
}

/** Every event with its details; of branches that ran side by side, each with one of its own and after the right one. */
export function detailsDifference({ expected, actual, order }: Histories, exactness: Exactness): Compared {
  if (order === 'partial') return pairingDifference(expected, actual, exactness);
  for (let index = 0; index < Math.max(expected.length, actual.length); index += 1) {
    const path = `$.events[${index}]`;
    const found = difference(typeAndDetails(expected[index]), typeAndDetails(actual[index]), {
      path,
      ...exactness,
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

type Event = Pick<RecordedEvent, 'type' | 'details'>;

const typeAndDetails = (event: Event | undefined): Json | undefined =>
  event === undefined ? undefined : { type: event.type, details: event.details };

function pairingDifference(
  expected: readonly RecordedEvent[],
  actual: readonly ToldEvent[],
  exactness: Exactness,
): Compared {
  const fits = (wanted: RecordedEvent, got: ToldEvent): boolean =>
    difference(typeAndDetails(wanted), typeAndDetails(got), exactness) === undefined;
  const paired = assign(expected, actual, fits);
  return paired === undefined ? firstUnpaired(expected, actual, fits) : undefined;
}

function firstUnpaired(
  expected: readonly RecordedEvent[],
  actual: readonly ToldEvent[],
  fits: (wanted: RecordedEvent, got: ToldEvent) => boolean,
): Difference {
  const index = expected.findIndex((wanted) => !actual.some((got) => fits(wanted, got)));
  const wanted = expected[Math.max(index, 0)] as RecordedEvent;
  if (index < 0)
    return { path: '$.events', expected: 'each event after the one it followed', actual: 'others' };
  const alike = actual.find((got) => got.type === wanted.type);
  return (
    difference(typeAndDetails(wanted), typeAndDetails(alike), { path: `$.events[${index}]` }) ?? {
      path: `$.events[${index}]`,
      expected: typeAndDetails(wanted) ?? null,
    }
  );
}
