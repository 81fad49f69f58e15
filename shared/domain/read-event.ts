import { eventHash } from './chain.ts';
import type { RunEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { RunState } from './state.ts';
import { type Upcasting, upcast } from './upcast.ts';

/** An event of a log in today's shape, and the state after it. */
export interface ReadEvent {
  readonly event: RunEvent;
  readonly state: RunState;
}

/**
 * Folds an event as it stands in a log, written by any release (rule 2). The chain covers it as it was written, so its
 * hash is taken of that, and the next event links to it.
 */
export function readEvent(
  before: RunState | undefined,
  written: RunEvent,
  upcasting: Upcasting = {},
): ReadEvent {
  const event = upcast(written, upcasting);
  const state = evolve(before, event);
  return { event, state: event === written ? state : { ...state, hash: eventHash(written) } };
}
