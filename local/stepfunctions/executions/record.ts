import { packEvents, Texts } from '../history/pack.ts';
import type { Entry, NewExecutionRow } from '../journal/journal.ts';
import type { Transition } from './interpreter.ts';
import type { Live } from './live.ts';
import type { Position } from './position.ts';
import { recordPosition } from './position-record.ts';

interface Recording {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly started: NewExecutionRow | undefined;
}

/** A transition as the journal keeps it: one row. Notes on the execution where its input lies. */
export function record(live: Live, { events, position }: Transition, { at, started }: Recording): Entry {
  const texts = new Texts(live.facts.input);
  const packed = packEvents(events, texts);
  const ended = typeof position === 'string';
  const transition = {
    execution: live.facts.id,
    number: live.transitions,
    at,
    lastEvent: live.lastEvent + events.length,
    position: ended ? '' : place(live, position, texts),
    packed: packed + texts.joined(),
  };
  return { started, transition, ending: ended ? position : undefined };
}

/** An input that this transition does not hold was written with the one that entered the state. */
function place(live: Live, position: Position, texts: Texts): string {
  const { input } = position;
  const here = texts.find(input);
  const unmoved = here === undefined && live.input !== undefined && live.position.input === input;
  live.input = unmoved ? live.input : [live.transitions, here ?? texts.keep(input)];
  return recordPosition(position, live.input as NonNullable<Live['input']>);
}
