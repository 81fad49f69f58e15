import type { HistoryEvent } from './events.ts';

/** Events in the history of one execution, as the service limits them. */
export const maxEvents = 25_000;

/** The history has no room for another event but the last. */
export class HistoryFull extends Error {
  override readonly name = 'HistoryFull';
}

/** An event and the one it follows (0 for none), which differs from the event before it where branches run. */
export interface NotedEvent {
  readonly event: HistoryEvent;
  readonly previous: number;
}

/** Gathers the events of one transition and numbers them. */
export class Recorder {
  readonly events: NotedEvent[] = [];
  readonly #first: number;
  readonly #limit: number;

  /** `last`: id of the last event before this transition. */
  constructor(last: number, limit = maxEvents) {
    this.#first = last + 1;
    this.#limit = limit;
  }

  /** Notes an event and returns its id. Throws `HistoryFull` where only the execution's end still fits. */
  record(event: HistoryEvent, previous: number): number {
    if (this.last + 1 >= this.#limit) throw new HistoryFull();
    this.events.push({ event, previous });
    return this.last;
  }

  /** Notes the last event of the execution; there is always room for it. */
  end(event: HistoryEvent, previous: number): void {
    this.events.push({ event, previous });
  }

  get last(): number {
    return this.#first + this.events.length - 1;
  }

  /** The event before the one with this id, if this transition holds it. */
  previousOf(id: number): number | undefined {
    return this.events[id - this.#first]?.previous;
  }
}
