import type { JsonData } from '../data-flow/json-data.ts';
import type { HistoryEvent } from '../history/events.ts';
import { packEvents, Texts } from '../history/pack.ts';
import { readEvents } from '../history/read.ts';
import type { Entry, Journal, NewExecutionRow } from '../journal/journal.ts';
import type { Redrive } from '../journal/redrive.ts';
import type { Transition } from './interpreter.ts';
import type { Live } from './live.ts';
import { recordThreads, type TextPlace } from './thread-record.ts';

interface Recording {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly started: NewExecutionRow | undefined;
  /** With the transition that begins it again. */
  readonly redriven?: Redrive;
}

/** Where a runner keeps what it makes. */
export interface Ledger {
  /** Keeps a transition of an execution that still stands before it. */
  keep(live: Live, made: Transition, recording: Recording): void;
  /** Resolves when everything kept so far cannot be lost; rejects when it is not so yet. */
  settled(pace: 'hurry' | 'wait'): Promise<void>;
  /** An event of an execution by its id; `undefined` where none of that number is kept. */
  event(live: Live, id: number): HistoryEvent | undefined;
}

export function journalLedger(journal: Journal): Ledger {
  return {
    keep: (live, made, recording) => journal.write(record(live, made, recording)),
    settled: (pace) => journal.settled(pace),
    event: ({ facts }, id) => readEvents(journal, facts, { from: id, to: id })[0]?.event,
  };
}

/** A transition as the journal keeps it: one row. Notes on the execution where the texts lie that its threads hold. */
function record(live: Live, made: Transition, { at, started, redriven }: Recording): Entry {
  const texts = new Texts(live.facts.input);
  const packed = packEvents(made.events, live.lastEvent + 1, texts);
  const lastEvent = live.lastEvent + made.events.length;
  const transition = {
    execution: live.facts.id,
    number: live.transitions,
    at,
    lastEvent,
    position: made.ending === 'SUCCEEDED' ? '' : recordPosition(live, made, texts, lastEvent),
    packed: packed + texts.joined(),
  };
  return { started, redriven, transition, ending: made.ending };
}

function recordPosition(live: Live, made: Transition, texts: Texts, lastEvent: number): string {
  const { threads, gone, ending } = made;
  const moved = threads.filter(({ id }) => live.threads.has(id)).length;
  const ended = gone.filter((id) => live.threads.has(id)).length;
  const whole = ending !== undefined || moved + ended === live.threads.size;
  return recordThreads({ threads, gone, whole, lastEvent }, (data) => placeOf(live, texts, data));
}

/** A text that this transition does not hold was written before, with the one that first held it. */
function placeOf(live: Live, texts: Texts, data: JsonData): TextPlace {
  const here = texts.find(data);
  const known = here === undefined ? live.places.get(data) : undefined;
  if (known !== undefined) return known;
  const place = [live.transitions, here ?? texts.keep(data)] as const;
  live.places.set(data, place);
  return place;
}
