import { randomUUID } from 'node:crypto';
import type { StepFunctions } from '../engine.ts';
import { ServiceError, type ServiceErrorType } from '../service-error.ts';
import type { CallContext } from './operation.ts';
import { operations } from './operations.ts';

/** A request of the AWS JSON 1.0 protocol. */
export interface ApiRequest {
  /** Header `X-Amz-Target`: `AWSStepFunctions.<action>`. */
  readonly target: string | undefined;
  /** Header `Content-Type`, where the caller gives one. */
  readonly contentType?: string | undefined;
  readonly body: string;
  /** Ends when the caller goes away. */
  readonly signal?: AbortSignal;
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

const prefix = 'AWSStepFunctions.';
const contentTypes = /^application\/(x-amz-json-1\.[01]|json)\s*(;|$)/i;
const never = new AbortController().signal;

/** The service as SDKs speak to it; signatures are not looked at. */
export function createApiHandler(stepFunctions: StepFunctions, { onError }: ApiOptions = {}): ApiHandler {
  return async (request) => {
    try {
      return respond(200, await answer(stepFunctions, request));
    } catch (error) {
      if (!(error instanceof ServiceError)) onError?.(error);
      return respondError(error);
    }
  };
}

async function answer(
  stepFunctions: StepFunctions,
  { target, contentType, body, signal = never }: ApiRequest,
): Promise<object> {
  const action = target?.startsWith(prefix) ? target.slice(prefix.length) : undefined;
  const operation = action === undefined ? undefined : operations.get(action);
  if (operation === undefined) {
    throw new ServiceError('UnknownOperationException', `Unknown operation: ${target?.slice(0, 256)}`);
  }
  if (contentType !== undefined && !contentTypes.test(contentType)) {
    const message = `Content type ${contentType.slice(0, 256)} is none of this protocol`;
    throw new ServiceError('UnknownOperationException', message);
  }
  const context: CallContext = { signal };
  return operation(stepFunctions, parse(body), context);
}

function parse(body: string): object {
  const parsed = parseText(body === '' ? '{}' : body);
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new ServiceError('SerializationException', 'The body is no JSON object.');
}

function parseText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ServiceError('SerializationException', 'The body is not JSON.');
  }
}

/** The answer to a body that is not even read. */
export function tooLargeBody(): ApiResponse {
  return respondError(new ServiceError('RequestEntityTooLargeException', 'Request size is too large.'));
}

const statuses: Partial<Record<ServiceErrorType, number>> = {
  RequestEntityTooLargeException: 413,
  ServiceUnavailable: 503,
};

/** Whatever is not about the request is the service's fault; SDKs try such calls again. */
function respondError(error: unknown): ApiResponse {
  if (!(error instanceof ServiceError)) {
    return respond(500, { __type: 'InternalServerError', message: 'An internal error occurred.' });
  }
  const { type, message } = error;
  return respond(statuses[type] ?? 400, { __type: type, message });
}

function respond(status: number, content: object): ApiResponse {
  const headers = { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': randomUUID() };
  return { status, headers, body: JSON.stringify(content) };
}
