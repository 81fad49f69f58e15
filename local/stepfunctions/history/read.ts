import type { JsonData } from '../data-flow/json-data.ts';
import type { Journal } from '../journal/journal.ts';
import type { HistoryEvent } from './events.ts';
import { unpackEvents } from './pack.ts';

export interface NumberedEvent {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly event: HistoryEvent;
  /** Id of the event it follows; 0 for none. */
  readonly previous: number;
}

export interface EventRange {
  /** First and last id, both included. */
  readonly from: number;
  readonly to: number;
}

interface Execution {
  readonly id: number;
  readonly input: JsonData;
}

/**
 * The events of an execution within a range, in order. Takes as long as the range is wide, wherever in the history it
 * lies: the first transition is found by halving, and only those that hold the range are unpacked.
 */
export function readEvents(
  journal: Journal,
  { id, input }: Execution,
  { from, to }: EventRange,
): NumberedEvent[] {
  const found: NumberedEvent[] = [];
  const begin = firstHolding(journal, id, from);
  let first = 1 + (journal.head(id, begin - 1)?.lastEvent ?? 0);
  for (let number = begin; first <= to; number += 1) {
    const head = journal.head(id, number);
    if (head === undefined) break;
    const events = unpackEvents(journal.packed(id, number), first, input);
    for (const [index, noted] of events.entries()) found.push({ id: first + index, at: head.at, ...noted });
    first = head.lastEvent + 1;
  }
  return found.filter((event) => event.id >= from && event.id <= to);
}

/** The number of the first transition that reaches so far; one behind the last where none does. */
function firstHolding(journal: Journal, execution: number, event: number): number {
  let [low, high] = [0, 1 + (journal.last(execution)?.number ?? -1)];
  while (low < high) {
    const middle = (low + high) >> 1;
    const reaches = (journal.head(execution, middle)?.lastEvent ?? 0) >= event;
    if (reaches) high = middle;
    else low = middle + 1;
  }
  return low;
}
