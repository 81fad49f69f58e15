import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { envelope } from '../../../shared/protocol/envelope.ts';
import type { Route } from '../route.ts';
import type { Components } from './components.ts';
import { schemaOf } from './schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** The errors that any request can meet, whatever its route. */
const always = [
  'request.timed-out',
  'request.misdirected',
  'request.headers-too-large',
  'limit.exceeded',
  'limit.rate',
  'internal',
  'engine.unavailable',
  'server.starting',
  'server.stopping',
  'data.full',
] as const satisfies readonly ErrorCode[];

const header = (description: string, schema: Schema = { type: 'string' }): Schema => ({
  description,
  schema,
});

const retryAfter = header('Seconds after which the request may be sent again', {
  type: 'integer',
  minimum: 1,
});

/** Header fields that are worth a look, by the status of the answer. */
const failureHeaders: Readonly<Record<number, Schema>> = {
  401: { 'www-authenticate': header('The scheme that is expected') },
  405: { allow: header('Methods that the route takes') },
  429: { 'retry-after': retryAfter },
  503: { 'retry-after': retryAfter },
};

/** What a route answers, by status. */
export function responsesOf(route: Route, components: Components): Schema {
  const { status, bare, lines, response } = route;
  const schema = schemaOf(bare || lines ? response() : envelope(response()), 'output', components);
  const headers = successHeaders(route);
  const success = {
    description: descriptionOf(route),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: { [lines ? 'application/jsonl' : 'application/json']: { schema } },
  };
  const statuses = Map.groupBy(errorsOf(route), (code) => errorCatalogue[code].status);
  const failures = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([code, codes]) => [code, failed(code, codes)]);
  return { [status]: success, ...Object.fromEntries(failures) };
}

function descriptionOf({ status, lines }: Route): string {
  if (lines) return 'Success; each line is JSON of this schema';
  return status === 303 ? 'Stands elsewhere' : 'Success';
}

function successHeaders({ status, method, idempotent, lines, location }: Route): Schema {
  const isMade = location === true || status === 303;
  return {
    ...(isMade
      ? { location: header(status === 303 ? 'Where it stands' : 'Where it is found from now on') }
      : {}),
    ...(method === 'POST' && idempotent === 'by-key'
      ? {
          'idempotency-replayed': header('There when an earlier request under the same key did it', {
            type: 'string',
            const: 'true',
          }),
        }
      : {}),
    ...(lines
      ? { link: header('With `rel="next"`: where the lines go on; absent when there are no more now') }
      : {}),
  };
}

function failed(status: number, codes: readonly ErrorCode[]): Schema {
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].title}`).join('; '),
    ...(status in failureHeaders ? { headers: failureHeaders[status] } : {}),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

/** Which errors a route can answer with, by what it asks for. */
function errorsOf({ credential, role, params, query, body, idempotent, errors = [] }: Route): ErrorCode[] {
  return [
    ...always,
    ...(params || query || body ? (['request.invalid'] as const) : []),
    ...(credential === 'none' ? [] : (['auth.missing', 'auth.invalid', 'auth.unavailable'] as const)),
    ...(role ? (['auth.forbidden', 'tenant.unknown', 'tenant.suspended'] as const) : []),
    ...(params ? (['resource.not-found'] as const) : []),
    ...(body ? (['request.too-large', 'request.media-type'] as const) : []),
    ...(idempotent === 'by-key' ? (['idempotency.conflict'] as const) : []),
    ...errors,
  ];
}
