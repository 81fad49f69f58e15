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

/** The events of an execution within a range, in order; unpacks only the transitions that hold them. */
export function readEvents(
  journal: Journal,
  { id, input }: Execution,
  { from, to }: EventRange,
): NumberedEvent[] {
  const found: NumberedEvent[] = [];
  let first = 1;
  for (const { number, at, lastEvent } of journal.transitions(id)) {
    if (lastEvent >= from && first <= to) {
      const events = unpackEvents(journal.packed(id, number), first, input);
      for (const [index, noted] of events.entries()) found.push({ id: first + index, at, ...noted });
    }
    first = lastEvent + 1;
  }
  return found.filter((event) => event.id >= from && event.id <= to);
}
