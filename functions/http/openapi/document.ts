import * as z from 'zod';
import type { Json } from '../../../shared/domain/json.ts';
import { problem } from '../../../shared/protocol/envelope.ts';
import type { Schema as WireSchema } from '../../../shared/protocol/schema.ts';
import type { Route } from '../route.ts';
import { Components } from './components.ts';
import type { Example } from './example.ts';
import { responsesOf } from './responses.ts';
import { schemaOf } from './schema.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What the document is made of besides the routes. */
export interface Edition {
  /** Of Tandem. */
  readonly version: string;
  readonly examples: Readonly<Record<string, Example>>;
}

const tags = {
  agents: 'Agents and their immutable versions',
  runs: 'Runs: start, follow, steer',
  approvals: 'Decisions that runs wait for',
  audit: 'What has happened in a tenant outside its runs',
  keys: 'API keys: credentials of machines',
  platform: 'What has happened outside the tenants',
  tenants: 'Tenants, for who stands outside them',
  uploads: 'Bytes that are too many for a request',
  webhooks: 'Addresses that are told of events',
  workers: 'For those who carry out an operation; not for clients',
  service: 'The service itself',
} as const;

/** The whole API as OpenAPI 3.1: every route of the table with its schemas, errors and an example. */
export function openApiDocument(routes: Readonly<Record<string, Route>>, edition: Edition): Json {
  const components = new Components();
  schemaOf(problem(), 'output', components);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    paths[route.path] ??= {};
    (paths[route.path] as Record<string, unknown>)[route.method.toLowerCase()] = operationOf(name, route, {
      example: edition.examples[name] ?? {},
      components,
    });
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tandem',
      version: edition.version,
      summary: 'Runs AI agents durably, in isolation and on the record',
      description:
        'Answers carry `data` and `meta`. Errors are problem details (RFC 9457) with a stable `code`; each code has a page in `docs/errors`. 400 says that a request does not have the form that is announced here; 422 that it has, and still cannot be done.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that serves this document' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: paths as Json,
    components: {
      schemas: components.schemas as Json,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        ticket: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Ticket <ticket>`: what a worker is given for one operation',
        },
      },
    },
  };
}

/** What an operation is made of besides its route. */
interface Parts {
  readonly example: Example;
  readonly components: Components;
}

function operationOf(name: string, route: Route, { example, components }: Parts): Schema {
  return {
    operationId: name,
    summary: route.summary,
    ...(route.role ? { description: `Needs the role \`${route.role}\`, or one above it.` } : {}),
    tags: [tagOf(route)],
    security: route.credential === 'none' ? [] : [{ [route.credential]: [] }],
    parameters: [
      ...parametersOf(route.params?.(), 'path', { examples: example.params, components }),
      ...parametersOf(route.query?.(), 'query', { examples: example.query, components }),
      ...(route.idempotent === 'by-key' ? [idempotencyKey] : []),
    ],
    ...(route.body ? { requestBody: bodyOf(route.body, route, { example, components }) } : {}),
    responses: responsesOf(route, components),
  };
}

function tagOf({ path, credential }: Route): keyof typeof tags {
  if (credential === 'ticket') return 'workers';
  const [, first, second] = path.split('/');
  return first === 'v1' && second !== undefined && second in tags ? (second as keyof typeof tags) : 'service';
}

/** Each member of an object schema as a parameter of its own. */
function parametersOf(
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  {
    examples = {},
    components,
  }: { examples?: Readonly<Record<string, string>> | undefined; components: Components },
): Schema[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, member]) => ({
    name,
    in: place,
    required: !member.safeParse(undefined).success && !(member instanceof z.ZodExactOptional),
    schema: schemaOf(member, 'input', components),
    ...(name in examples
      ? { example: typed(examples[name] as string, schemaOf(member, 'input', components)) }
      : {}),
  }));
}

/** An example as its schema has it: parameters arrive as text. */
function typed(text: string, { type }: Schema): string | number {
  return type === 'integer' || type === 'number' ? Number(text) : text;
}

const idempotencyKey = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description:
    'A repeated request under the same key is answered as the first, with `idempotency-replayed: true`; kept for 24 hours.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
};

function bodyOf(body: WireSchema, { bodyOptional }: Route, { example, components }: Parts): Schema {
  const schema = schemaOf(body(), 'input', components);
  const media = { schema, ...(example.body === undefined ? {} : { example: example.body }) };
  return { required: !bodyOptional, content: { 'application/json': media } };
}
