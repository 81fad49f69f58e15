import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { routes } from '../../functions/http/routes.ts';
import { proxyEvent } from './proxy-event.ts';

const at = Date.UTC(2026, 10, 21, 2, 30, 5);

const eventOf = (changes: { rawHeaders?: string[]; method?: string; query?: string } = {}) =>
  JSON.parse(
    JSON.stringify(
      proxyEvent({
        message: {
          method: changes.method ?? 'GET',
          rawHeaders: changes.rawHeaders ?? ['Host', 'localhost:4400', 'User-Agent', 'test'],
          socket: { remoteAddress: '127.0.0.1' },
        } as unknown as IncomingMessage,
        route: routes.getRun,
        path: '/v1/runs/run_1',
        query: changes.query ?? '',
        params: { run: 'run_1' },
        body: null,
        requestId: 'req_1',
        at,
      }),
    ),
  );

test('an event has every member that API Gateway gives it', () => {
  const { requestContext, ...event } = eventOf();
  assert.deepEqual(event, {
    resource: '/v1/runs/{run}',
    path: '/v1/runs/run_1',
    httpMethod: 'GET',
    headers: { host: 'localhost:4400', 'user-agent': 'test' },
    multiValueHeaders: { host: ['localhost:4400'], 'user-agent': ['test'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { run: 'run_1' },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
  });
  assert.equal(requestContext.requestId, 'req_1');
  assert.equal(requestContext.resourcePath, '/v1/runs/{run}');
  assert.equal(requestContext.requestTime, '21/Nov/2026:02:30:05 +0000');
  assert.equal(requestContext.requestTimeEpoch, at);
  assert.equal(requestContext.identity.sourceIp, '127.0.0.1');
  assert.equal(requestContext.identity.userAgent, 'test');
});

test('of a field or parameter that is there twice, the last one counts and all are told', () => {
  const event = eventOf({ rawHeaders: ['X-A', '1', 'x-a', '2'], query: 'a=1&b=%C3%BC+%2B&a=2' });
  assert.deepEqual(event.headers, { 'x-a': '2' });
  assert.deepEqual(event.multiValueHeaders, { 'x-a': ['1', '2'] });
  assert.deepEqual(event.queryStringParameters, { a: '2', b: 'ü +' });
  assert.deepEqual(event.multiValueQueryStringParameters, { a: ['1', '2'], b: ['ü +'] });
});

test('HEAD is handed over as the GET that it stands for', () => {
  assert.equal(eventOf({ method: 'HEAD' }).httpMethod, 'GET');
});
