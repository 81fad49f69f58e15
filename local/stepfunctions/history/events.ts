import type { JsonData } from '../data-flow/json-data.ts';

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** Seconds after which a task times out, as its scheduling tells them. */
export interface TaskTiming {
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

type Failure = readonly [error: string | undefined, cause: string | undefined];
type Iteration = readonly [name: string, index: number];

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
  | readonly ['ExecutionRedriven', count: number]
  | readonly ['StateEntered', type: StateType, name: string, input: JsonData]
  | readonly ['StateExited', type: StateType, name: string, output: JsonData, assigned?: JsonData | undefined]
  | readonly ['StateAborted', type: StateType]
  | readonly ['EvaluationFailed', ...Failure, state: string, location: string | undefined]
  | readonly ['ParallelStateStarted']
  | readonly ['ParallelStateSucceeded']
  | readonly ['ParallelStateFailed']
  | readonly ['MapStateStarted', length: number]
  | readonly ['MapStateSucceeded']
  | readonly ['MapStateFailed']
  | readonly ['MapIterationStarted', ...Iteration]
  | readonly ['MapIterationSucceeded', ...Iteration]
  | readonly ['MapIterationFailed', ...Iteration]
  | readonly ['MapIterationAborted', ...Iteration]
  | readonly ['MapRunStarted', arn: string]
  | readonly ['MapRunRedriven', arn: string, count: number]
  | readonly ['MapRunSucceeded']
  | readonly ['MapRunAborted']
  | readonly ['MapRunFailed', ...Failure]
  | readonly [
      'LambdaFunctionScheduled',
      resource: string,
      input: JsonData,
      timeout: number | undefined,
      role?: string | undefined,
    ]
  | readonly ['LambdaFunctionStarted']
  | readonly ['LambdaFunctionSucceeded', output: JsonData]
  | readonly ['LambdaFunctionFailed', ...Failure]
  | readonly ['LambdaFunctionScheduleFailed', ...Failure]
  | readonly ['LambdaFunctionTimedOut', ...Failure]
  | readonly [
      'ActivityScheduled',
      resource: string,
      input: JsonData,
      timeout: number | undefined,
      heartbeat: number | undefined,
    ]
  | readonly ['ActivityStarted', worker: string | undefined]
  | readonly ['ActivitySucceeded', output: JsonData]
  | readonly ['ActivityFailed', ...Failure]
  | readonly ['ActivityScheduleFailed', ...Failure]
  | readonly ['ActivityTimedOut', ...Failure]
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
      role?: string | undefined,
    ]
  | readonly ['TaskStarted', resource: string]
  | readonly ['LambdaInvokeSubmitted', resource: string, payload: JsonData]
  | readonly ['LambdaInvokeSucceeded', resource: string, payload: JsonData]
  | readonly ['TaskSubmitted', resource: string, output: JsonData]
  | readonly ['TaskSucceeded', resource: string, output: JsonData]
  | readonly ['TaskFailed', resource: string, ...Failure]
  | readonly ['TaskStartFailed', resource: string, ...Failure]
  | readonly ['TaskSubmitFailed', resource: string, ...Failure]
  | readonly ['TaskTimedOut', resource: string, ...Failure];

export type EventKind = HistoryEvent[0];
