import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import * as z from 'zod';
import { fakeApi } from '../../../test/support/fake-api.ts';
import { type OpenDoor, openDoor } from '../../../test/support/open-door.ts';
import type { Route } from '../route.ts';
import { type RouteName, routes } from '../routes.ts';
import { examples, targetOf } from './examples.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

/** What is announced for one status. */
interface Answer {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content: Readonly<
    Record<string, { readonly schema: { readonly properties: Readonly<Record<string, unknown>> } }>
  >;
}

interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly description?: string }>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const all = Object.entries(routes) as [RouteName, Route][];

describe('the OpenAPI document', () => {
  let door: OpenDoor;
  let text: string;
  let document: Document;
  before(async () => {
    door = await openDoor({ api: fakeApi().api });
    text = await (await door.request('GET', '/openapi.json')).text();
    document = JSON.parse(text) as Document;
  });
  after(() => door.gateway.close());

  const operationOf = ({ path, method }: Route) => document.paths[path]?.[method.toLowerCase()] as Operation;

  test('has nothing that a linter objects to', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      rules: { 'no-server-example.com': 'off' },
    });
    const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
    assert.deepEqual(
      problems.map(({ ruleId, location }) => `${ruleId} ${location[0]?.pointer}`),
      // An artefact stands elsewhere: success is a 303.
      [
        'operation-2xx-response #/paths/~1v1~1runs~1{run}~1export/get/responses',
        'operation-2xx-response #/paths/~1v1~1runs~1{run}~1artifacts~1{name}/get/responses',
      ],
    );
  });

  test('names what clients work with, and says what it is', () => {
    const { schemas } = document.components;
    const named = [
      'Run',
      'RunSummary',
      'RunEvent',
      'Approval',
      'StartRun',
      'TranscriptLine',
      'Upload',
      'Problem',
    ];
    for (const name of named) assert.ok(schemas[name]?.description, name);
    const answer = operationOf(routes.getRun).responses['200'] as Answer;
    assert.deepEqual(answer.content['application/json']?.schema.properties['data'], {
      $ref: '#/components/schemas/Run',
    });
    const references = text.match(/#\/components\/schemas\/\w+/g) ?? [];
    const missing = references.filter((one) => !(one.slice('#/components/schemas/'.length) in schemas));
    assert.deepEqual(missing, []);
    assert.ok(!text.includes('$defs'));
  });

  test('announces header fields that a client may need', () => {
    const headersOfAnswer = (route: Route, status: number) =>
      Object.keys((operationOf(route).responses[status] as Answer).headers ?? {});
    assert.deepEqual(headersOfAnswer(routes.startRun, 202), ['location', 'idempotency-replayed']);
    assert.deepEqual(headersOfAnswer(routes.startRun, 429), ['retry-after']);
    assert.deepEqual(headersOfAnswer(routes.startRun, 503), ['retry-after']);
    assert.deepEqual(headersOfAnswer(routes.startRun, 401), ['www-authenticate']);
    assert.deepEqual(headersOfAnswer(routes.readTranscript, 200), ['link']);
    assert.deepEqual(headersOfAnswer(routes.getArtifact, 303), ['location']);
  });

  test('names every route of the table, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
    );
    const expected = all.map(([name, { method, path }]) => `${name} ${method.toLowerCase()} ${path}`);
    assert.deepEqual(described.toSorted(), expected.toSorted());
  });

  test('asks for path parameters, and offers query parameters', () => {
    const { parameters } = operationOf(routes.readEvents);
    assert.deepEqual(
      parameters.map(({ name, in: place, required }) => [name, place, required]),
      [
        ['run', 'path', true],
        ['after', 'query', false],
        ['limit', 'query', false],
        ['wait', 'query', false],
      ],
    );
  });

  const headersOf = ({ credential, role }: Route): Record<string, string> => {
    if (credential === 'ticket') return { authorization: 'Ticket t.1' };
    return role === 'platform'
      ? { authorization: `Bearer ${door.issuer.token({ roles: ['platform'] })}` }
      : {};
  };

  for (const [name, route] of all) {
    test(`${name}: its example is a good request, and the answer is one that the document announces`, async () => {
      const example = examples[name];
      const headers = headersOf(route);
      const response = await door.request(route.method, targetOf(route.path, example), example.body, headers);
      assert.equal(response.status, route.status, await response.clone().text());
      assert.ok(String(response.status) in operationOf(route).responses);
    });
  }

  test('says in JSON Schema what the routes take: a good example fits, another type does not', () => {
    const body = z.fromJSONSchema(resolved(bodySchema(operationOf(routes.signalRun)), document) as never);
    assert.ok(body.safeParse(examples.signalRun.body).success);
    assert.ok(!body.safeParse({ name: 7 }).success);
    assert.ok(!body.safeParse({ name: 'paid', unknown: 1 }).success);
  });
});

/** A schema with what it refers to beside it. */
function resolved(schema: unknown, { components }: Document): unknown {
  const text = JSON.stringify({ ...(schema as object), $defs: components.schemas });
  return JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'));
}

function bodySchema(operation: Operation): unknown {
  const { requestBody } = operation as unknown as {
    requestBody: { content: Record<string, { schema: unknown }> };
  };
  return requestBody.content['application/json']?.schema;
}
