import { randomUUID } from 'node:crypto';
import type { StepFunctions } from '../engine.ts';
import { ServiceError } from '../service-error.ts';
import { describeExecution, listExecutions, startExecution, stopExecution } from './executions.ts';
import { getExecutionHistory } from './history.ts';
import type { Operation } from './operation.ts';
import { createStateMachine, describeStateMachine, listStateMachines } from './state-machines.ts';
import { sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from './task-tokens.ts';

/** A request of the AWS JSON 1.0 protocol. */
export interface ApiRequest {
  /** Header `X-Amz-Target`: `AWSStepFunctions.<action>`. */
  readonly target: string | undefined;
  readonly body: string;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type ApiHandler = (request: ApiRequest) => Promise<ApiResponse>;

export interface ApiOptions {
  /** Told of failures that are not about the request, and that the caller learns no more of than that. */
  readonly onError?: (error: unknown) => void;
}

const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateStateMachine', createStateMachine],
  ['DescribeStateMachine', describeStateMachine],
  ['ListStateMachines', listStateMachines],
  ['StartExecution', startExecution],
  ['DescribeExecution', describeExecution],
  ['ListExecutions', listExecutions],
  ['GetExecutionHistory', getExecutionHistory],
  ['StopExecution', stopExecution],
  ['SendTaskSuccess', sendTaskSuccess],
  ['SendTaskFailure', sendTaskFailure],
  ['SendTaskHeartbeat', sendTaskHeartbeat],
]);

const prefix = 'AWSStepFunctions.';

/** The service as SDKs speak to it; signatures are not looked at. */
export function createApiHandler(stepFunctions: StepFunctions, { onError }: ApiOptions = {}): ApiHandler {
  return async ({ target, body }) => {
    try {
      const operation = target?.startsWith(prefix) ? operations.get(target.slice(prefix.length)) : undefined;
      if (operation === undefined)
        throw new ServiceError('UnknownOperationException', `Unknown operation: ${target}`);
      return respond(200, await operation(stepFunctions, parse(body)));
    } catch (error) {
      if (!(error instanceof ServiceError)) onError?.(error);
      return respondError(error);
    }
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new ServiceError('SerializationException', 'The body is not JSON.');
  }
}

/** Whatever is not about the request is the service's fault; SDKs try such calls again. */
function respondError(error: unknown): ApiResponse {
  if (!(error instanceof ServiceError)) {
    return respond(500, { __type: 'InternalServerError', message: 'An internal error occurred.' });
  }
  const { type, message } = error;
  return respond(type === 'ServiceUnavailable' ? 503 : 400, { __type: type, message });
}

function respond(status: number, content: object): ApiResponse {
  const headers = { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': randomUUID() };
  return { status, headers, body: JSON.stringify(content) };
}
