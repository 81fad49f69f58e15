import type { HistoryEvent } from './events.ts';

/** What an execution has ended with. */
export interface ExecutionResult {
  /** JSON text. */
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** Told by the last event. */
export function resultOfEvent(event: HistoryEvent | undefined): ExecutionResult {
  switch (event?.[0]) {
    case 'ExecutionSucceeded':
      return { output: event[1].text };
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted':
      return { error: event[1], cause: event[2] };
    default:
      return {};
  }
}
