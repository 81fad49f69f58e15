import type { LambdaFunction } from '../functions.ts';
import { functionNameOf } from '../tasks/resource.ts';
import { type Endpoints, endpointOf } from './endpoints.ts';
import { exchange } from './http/exchange.ts';
import { isSuccess } from './http/response.ts';
import { functionFailure, typeNamedIn } from './optimized/lambda-invoke.ts';
import type { Sdk } from './sdk/sdk.ts';
import { ServiceFailure } from './service.ts';

/** A function elsewhere; what it throws is a `ServiceFailure`. */
export interface RemoteFunction extends LambdaFunction {
  /** `signal` aborts when nobody waits any more. */
  invoke(payload: string, signal?: AbortSignal): Promise<string>;
}

/** Functions that are reached over HTTP: by a URL of their own, or behind the endpoint of `lambda`. */
export function remoteFunction(
  nameOrArn: string,
  endpoints: Endpoints,
  sdk: Sdk,
): RemoteFunction | undefined {
  const name = functionNameOf(nameOrArn);
  const url = Object.hasOwn(endpoints.functions, name) ? endpoints.functions[name] : undefined;
  if (url !== undefined)
    return { repeatable: false, invoke: (payload, signal) => post(url, payload, signal) };
  if (endpointOf(endpoints, 'lambda') === undefined) return;
  return { repeatable: false, invoke: (payload, signal) => invoke(sdk, nameOrArn, { payload, signal }) };
}

const never = new AbortController().signal;

/** A function's own URL, as of a container of Lambda's or any server that takes an event by POST. */
async function post(url: string, body: string, signal: AbortSignal = never): Promise<string> {
  const headers = { 'Content-Type': 'application/json' };
  const request = { url: new URL(url), method: 'POST', headers, body, signal, linkLocal: true };
  const answer = await exchange(request).catch((error: unknown) => {
    signal.throwIfAborted();
    const { message, code } = error as { readonly message?: string; readonly code?: string };
    const cause = `Unable to execute HTTP request: ${message || code || 'the connection was cut'}`;
    throw new ServiceFailure({ error: 'Lambda.SdkClientException', cause });
  });
  const hasThrown = Object.keys(answer.headers).some((name) => /^x-amz-function-error$/i.test(name));
  if (hasThrown || (!isSuccess(answer) && typeNamedIn(answer.body) !== undefined))
    throw functionFailure(answer.body);
  if (isSuccess(answer)) return answer.body === '' ? 'null' : answer.body;
  const cause = `The function's address answered ${answer.status} ${answer.statusText}`.trimEnd();
  throw new ServiceFailure({ error: 'Lambda.AWSLambdaException', cause });
}

interface Given {
  readonly payload: string;
  readonly signal: AbortSignal | undefined;
}

async function invoke(sdk: Sdk, functionName: string, { payload, signal = never }: Given): Promise<string> {
  const { result } = await sdk.send({
    service: 'lambda',
    action: 'invoke',
    parameters: { FunctionName: functionName, Payload: payload },
    style: 'optimized',
    phase: 'run',
    signal,
  });
  const { Payload: text, FunctionError: failed } = result;
  const answer = typeof text === 'string' && text !== '' ? text : 'null';
  if (failed !== undefined) throw functionFailure(answer);
  return answer;
}
