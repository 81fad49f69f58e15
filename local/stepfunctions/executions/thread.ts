import type { JsonData } from '../data-flow/json-data.ts';
import type { Position } from './position.ts';

/** The number of the thread that an execution begins and ends with. */
export const rootThread = 0;

/** One line of states: the execution's own, a branch of a Parallel state, or an iteration of a Map state. */
export interface Thread {
  readonly id: number;
  /** Whose state waits for this one. */
  readonly parent: number | undefined;
  /** Which branch or iteration of that state it is. */
  readonly index: number;
  /** Id of the event that the next one of this line follows; 0 before the first. */
  last: number;
  /** The variables assigned in it (an object); those of its parents can be read as well. */
  variables: JsonData | undefined;
  position: Position;
}

/** A branch or iteration to be started. */
export interface Branch {
  readonly index: number;
  readonly startAt: string;
  readonly input: JsonData;
  /** Id of the event its line begins behind. */
  readonly last: number;
}
