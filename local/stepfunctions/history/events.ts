import type { JsonData } from '../data-flow/json-data.ts';

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail';

/** Seconds after which a task times out, as its scheduling tells them. */
export interface TaskTiming {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

type Failure = readonly [error: string | undefined, cause: string | undefined];

/**
 * What the interpreter notes: an event of the history without the fields that follow from its place (id, predecessor,
 * time). As tuples, because that is how they are kept; `wire.ts` makes them what AWS shows. The `LambdaInvoke` ones
 * stand for `Task` events and leave out what can be told from function and payload.
 */
export type HistoryEvent =
  | readonly ['ExecutionStarted']
  | readonly ['ExecutionSucceeded', output: JsonData]
  | readonly ['ExecutionFailed', ...Failure]
  | readonly ['ExecutionTimedOut', ...Failure]
  | readonly ['ExecutionAborted', ...Failure]
  | readonly ['StateEntered', type: StateType, name: string, input: JsonData]
  | readonly ['StateExited', type: StateType, name: string, output: JsonData]
  | readonly ['LambdaFunctionScheduled', resource: string, input: JsonData, timeout: number | undefined]
  | readonly ['LambdaFunctionStarted']
  | readonly ['LambdaFunctionSucceeded', output: JsonData]
  | readonly ['LambdaFunctionFailed', ...Failure]
  | readonly ['LambdaFunctionTimedOut', ...Failure]
  | readonly [
      'LambdaInvokeScheduled',
      resource: string,
      functionName: string,
      payload: JsonData,
      timeout: number | undefined,
      heartbeat: number | undefined,
    ]
  | readonly [
      'TaskScheduled',
      resource: string,
      parameters: JsonData,
      timeout: number | undefined,
      heartbeat: number | undefined,
    ]
  | readonly ['TaskStarted', resource: string]
  | readonly ['LambdaInvokeSubmitted', resource: string, payload: JsonData]
  | readonly ['LambdaInvokeSucceeded', resource: string, payload: JsonData]
  | readonly ['TaskSucceeded', resource: string, output: JsonData]
  | readonly ['TaskFailed', resource: string, ...Failure]
  | readonly ['TaskTimedOut', resource: string, ...Failure];

export type EventKind = HistoryEvent[0];
