import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { isObject } from '../../data-flow/is-object.ts';
import { states } from '../../errors/names.ts';
import { unusableBecause } from '../describe.ts';
import type { Connection, Endpoints } from '../endpoints.ts';
import { type Service, type ServiceCall, ServiceFailure } from '../service.ts';
import type { Tools } from '../tools.ts';
import { exchange, type HttpRequest } from './exchange.ts';
import { type ArrayFormat, arrayFormats, formEncoded } from './form-encoding.ts';
import { isSuccess, responseOf } from './response.ts';
import { textOf, withQuery } from './url.ts';

/** Milliseconds that an answer may take. */
const timeoutMs = 60_000;

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']);

/** Headers that are the client's own. */
const ownHeaders = /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|proxy-.*)$/i;

/** `http:invoke`: a request to any address over HTTP, with what a connection adds to it. */
export function httpTask({ endpoints }: Tools): Service {
  return {
    repeatable: false,
    async start(call) {
      const request = requestOf(call, endpoints);
      const answer = await exchange(request).catch((error: unknown) => {
        call.signal.throwIfAborted();
        throw new ServiceFailure({ error: 'States.Http.Socket', cause: socketCause(error, request) });
      });
      if (isSuccess(answer)) return responseOf(answer);
      const cause = answer.body || answer.statusText;
      throw new ServiceFailure({ error: `States.Http.StatusCode.${answer.status}`, cause });
    },
  };
}

function socketCause(error: unknown, { signal, url }: HttpRequest): string {
  if (signal.aborted) return `No answer from ${url.host} within ${timeoutMs / 1_000} seconds`;
  const { message, code } = error as { readonly message?: string; readonly code?: string };
  return `The request to ${url.host} failed: ${message || code || 'the connection was cut'}`;
}

function requestOf(call: ServiceCall, endpoints: Endpoints): HttpRequest {
  const { parameters, signal } = call;
  const { ApiEndpoint: address = '', Method: method = '', Headers: headers = {} } = parameters;
  const url = URL.parse(String(address));
  if (url === null || !/^https?:$/.test(url.protocol)) throw unfit(parameters, 'ApiEndpoint');
  if (!methods.has(String(method))) throw unfit(parameters, 'Method');
  const given = Object.entries(isObject(headers) ? headers : {});
  if (given.some(([name]) => ownHeaders.test(name))) throw unfit(parameters, 'Headers');
  const connection = connectionOf(parameters, endpoints);
  const query = { ...objectOf(parameters['QueryParameters']), ...connection.query };
  const { body, type } = bodyOf(parameters, connection);
  return {
    url: withQuery(url, query),
    method: String(method),
    headers: {
      'User-Agent': `Amazon|StepFunctions|HttpInvoke|${endpoints.region}`,
      ...(body === undefined ? {} : { 'Content-Type': type }),
      ...named(given.map(([name, value]) => [name, textOf(value)])),
      ...credentialsOf(connection),
    },
    ...(body === undefined ? {} : { body }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    linkLocal: endpoints.linkLocal,
  };
}

/** One `Content-Type`, whatever its capitals. */
const named = (headers: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    headers.map(([name, value]) => [/^content-type$/i.test(name) ? 'Content-Type' : name, value]),
  );

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** What the connection adds; throws for one that nobody has configured. */
function connectionOf(
  { Authentication, InvocationConfig }: JsonObject,
  { connections }: Endpoints,
): Connection {
  const arn = objectOf(InvocationConfig)['ConnectionArn'] ?? objectOf(Authentication)['ConnectionArn'];
  if (arn === undefined) return {};
  const name = String(arn).split(':connection/')[1]?.split('/')[0] ?? '';
  for (const key of [String(arn), name]) if (Object.hasOwn(connections, key)) return connections[key] ?? {};
  throw new ServiceFailure({
    error: 'Events.ConnectionResource.InvalidConnectionState',
    cause: `The connection ${arn} is not configured: name what it adds to requests under 'connections'.`,
    phase: 'start',
  });
}

function credentialsOf({ headers = {}, basic }: Connection): Readonly<Record<string, string>> {
  if (basic === undefined) return headers;
  const pair = Buffer.from(`${basic.username}:${basic.password}`).toString('base64');
  return { ...headers, Authorization: `Basic ${pair}` };
}

interface Body {
  readonly body: string | undefined;
  readonly type: string;
}

function bodyOf(parameters: JsonObject, { body: added = {} }: Connection): Body {
  const { RequestBody: given, Transform: transform } = parameters;
  const whole = isObject(given) || given === undefined ? { ...given, ...added } : given;
  if (given === undefined && Object.keys(added).length === 0) return { body: undefined, type: '' };
  const { RequestBodyEncoding: encoding = 'NONE', RequestEncodingOptions: options } = objectOf(transform);
  if (encoding === 'NONE') return { body: textOf(whole), type: 'application/json' };
  const { ArrayFormat: format = 'INDICES' } = objectOf(options);
  if (encoding !== 'URL_ENCODED' || !arrayFormats.includes(String(format)))
    throw unfit(parameters, 'Transform');
  const body = isObject(whole) ? formEncoded(whole, format as ArrayFormat) : textOf(whole);
  return { body, type: 'application/x-www-form-urlencoded' };
}

function unfit(parameters: JsonObject, field: string): ServiceFailure {
  const problem = `The value of the field '${field}' has an invalid format`;
  const cause = unusableBecause(parameters, [problem]) ?? problem;
  return new ServiceFailure({ error: states.runtime, cause, phase: 'start' });
}
