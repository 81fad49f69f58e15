import type { JsonData } from '../data-flow/json-data.ts';

/** A function to be called, for the task whose scheduling is the event `scheduled`. */
export interface Call {
  readonly functionName: string;
  readonly payload: JsonData;
  readonly scheduled: number;
  /** Set when the function is given a task token to pass on. */
  readonly token: string | undefined;
}
