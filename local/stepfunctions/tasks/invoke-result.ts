import type { Json } from '../../../shared/domain/json.ts';

/** Id of the request that the event `event` of an execution answers: the same whenever it is told. */
export function requestId(execution: number, event: number): string {
  const digits = execution.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-4000-8000-${event.toString(16).padStart(12, '0')}`;
}

/** The raw result of `lambda:invoke`: the function's answer in what the service puts around it. */
export function invokeResult(payload: Json, request: string): Json {
  return {
    ExecutedVersion: '$LATEST',
    Payload: payload,
    SdkHttpMetadata: {
      AllHttpHeaders: { 'Content-Type': ['application/json'], 'x-amzn-RequestId': [request] },
      HttpHeaders: { 'Content-Type': 'application/json', 'x-amzn-RequestId': request },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: request },
    StatusCode: 200,
  };
}
