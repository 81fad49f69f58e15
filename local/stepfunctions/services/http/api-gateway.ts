import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { type Endpoints, endpointOf } from '../endpoints.ts';
import { type Service, type ServiceCall, ServiceFailure } from '../service.ts';
import { phaseOf, type Tools } from '../tools.ts';
import { exchange, type HttpRequest } from './exchange.ts';
import { isSuccess, responseOf } from './response.ts';
import { hostOf, isLoopback, textOf, withQuery } from './url.ts';

/** Milliseconds that an answer may take: what API Gateway itself waits for. */
const timeoutMs = 29_000;

/** `apigateway:invoke`: calls an API behind the configured endpoint, or one that is named by its whole address. */
export function apiGateway({ endpoints }: Tools): Service {
  return {
    repeatable: false,
    async start(call) {
      const phase = phaseOf(call.resource.pattern);
      const request = requestOf(call, endpoints);
      const answer = await exchange(request).catch((error: unknown) => {
        call.signal.throwIfAborted();
        const { message, code } = error as { readonly message?: string; readonly code?: string };
        const cause = `Unable to execute HTTP request: ${message || code || 'the connection was cut'}`;
        throw new ServiceFailure({ error: 'ApiGateway.SdkClientException', cause, phase });
      });
      if (isSuccess(answer)) return responseOf(answer);
      throw new ServiceFailure({ error: `ApiGateway.${answer.status}`, cause: answer.body, phase });
    },
  };
}

function requestOf({ parameters, signal }: ServiceCall, endpoints: Endpoints): HttpRequest {
  const { Method: method, Stage: stage = '', Path: path = '', RequestBody: given } = parameters;
  const { base, headers } = addressOf(String(parameters['ApiEndpoint']), endpoints);
  const steps = [base.pathname, textOf(stage), textOf(path)].map((step) => step.replace(/^\/+|\/+$/g, ''));
  const url = new URL(`/${steps.filter((step) => step !== '').join('/')}`, base);
  const body = given === undefined || given === null ? undefined : JSON.stringify(given);
  return {
    url: withQuery(url, objectOf(parameters['QueryParameters'])),
    method: String(method),
    headers: {
      ...headers,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...listsOf(objectOf(parameters['Headers'])),
    },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    linkLocal: endpoints.linkLocal,
  };
}

interface Address {
  readonly base: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Behind the endpoint an API is known by the name it is called by; without one only whole addresses can be reached. */
function addressOf(api: string, endpoints: Endpoints): Address {
  const whole = /^https?:\/\//.test(api) ? URL.parse(api) : undefined;
  if (whole) return { base: whole, headers: {} };
  const named = URL.parse(`http://${api}`);
  if (named !== null && isLoopback(hostOf(named))) return { base: named, headers: {} };
  const endpoint = endpointOf(endpoints, 'apigateway');
  if (endpoint !== undefined) return { base: new URL(endpoint), headers: { Host: api } };
  throw new ServiceFailure({
    error: 'ApiGateway.EndpointNotConfigured',
    cause:
      'No endpoint is configured for apigateway, and nothing is called that nobody has named. ' +
      'Set AWS_ENDPOINT_URL_API_GATEWAY or AWS_ENDPOINT_URL, or give ApiEndpoint as a whole address.',
    phase: 'start',
  });
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

function listsOf(headers: JsonObject): Readonly<Record<string, readonly string[]>> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(textOf),
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, readonly string[]>>;
}
