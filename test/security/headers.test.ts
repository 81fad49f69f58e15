import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeApi } from '../support/fake-api.ts';
import { type OpenDoor, openDoor } from '../support/open-door.ts';
import { sendRaw, statusesOf } from '../support/raw-http.ts';
import { ask, goodBody, head, withLength } from './raw-request.ts';

/** A request, by what it tries, and the status that it must be answered with. */
type Trick = readonly [what: string, status: number, request: (door: OpenDoor) => string];

const token = (door: OpenDoor) => door.issuer.token();

const bare = (target: string, fields: readonly string[]) =>
  head([`${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...fields]);

const ofType = (door: OpenDoor, type: string) =>
  bare('POST /v1/runs', [
    `Authorization: Bearer ${token(door)}`,
    `Content-Length: ${goodBody.length}`,
    ...(type === '' ? [] : [`Content-Type: ${type}`]),
  ]) + goodBody;

const credentials: readonly Trick[] = [
  ['a cookie', 401, (door) => bare('GET /v1/runs', [`Cookie: token=${token(door)}; authorization=Bearer x`])],
  ['a query parameter', 401, (door) => bare(`GET /v1/runs?access_token=${token(door)}`, [])],
  ['a name and password', 401, () => bare('GET /v1/runs', ['Authorization: Basic YTpi'])],
  ['a proxy', 401, (door) => bare('GET /v1/runs', [`Proxy-Authorization: Bearer ${token(door)}`])],
  ['a name in front', 401, () => bare('GET /v1/runs', ['X-Forwarded-User: alice', 'X-Remote-User: alice'])],
  ['no credential at all', 401, () => bare('GET /v1/runs', ['Authorization: Bearer'])],
  ['14,000 characters', 401, () => bare('GET /v1/runs', [`Authorization: Bearer ${'a'.repeat(14_000)}`])],
  ['bytes that are no text', 401, () => bare('GET /v1/runs', ['Authorization: Bearer \u0080\u00ff'])],
  [
    'a token with a space before it',
    401,
    (door) => bare('GET /v1/runs', [`Authorization: Bearer  ${token(door)}`]),
  ],
];

const methods: readonly Trick[] = [
  ['TRACE', 405, (door) => ask(door, 'TRACE /v1/runs')],
  [
    'OPTIONS, as a browser asks for another site',
    405,
    (door) => ask(door, 'OPTIONS /v1/runs', ['Origin: http://evil.example']),
  ],
  ['CONNECT', 405, () => head(['CONNECT localhost:80 HTTP/1.1', 'Host: localhost'])],
  ['HEAD where only POST is', 405, (door) => ask(door, 'HEAD /v1/runs/run_0/cancel')],
  ['the preface of HTTP/2', 400, () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
];

const bodies: readonly Trick[] = [
  ['a compressed body', 415, (door) => withLength(door, ['Content-Encoding: gzip'])],
  ['a body said to be compressed', 415, (door) => withLength(door, ['Content-Encoding: br'])],
  ['a body compressed twice', 415, (door) => withLength(door, ['Content-Encoding: identity, gzip'])],
  ['a form', 415, (door) => ofType(door, 'application/x-www-form-urlencoded')],
  ['parts', 415, (door) => ofType(door, 'multipart/form-data; boundary=x')],
  ['no type', 415, (door) => ofType(door, '')],
  ['two types in one', 415, (door) => ofType(door, 'application/json, text/plain')],
  ['a parameter that is cut off', 415, (door) => ofType(door, 'application/json;')],
  ['UTF-7', 415, (door) => ofType(door, 'application/json; charset=utf-7')],
  ['two charsets', 415, (door) => ofType(door, 'application/json; charset=utf-8; charset=utf-16')],
  ['an expectation that nobody knows', 400, (door) => withLength(door, ['Expect: 200-ok'])],
];

const sizes: readonly Trick[] = [
  ['an address of 17,000 characters', 431, (door) => ask(door, `GET /v1/runs?cursor=${'a'.repeat(17_000)}`)],
  ['a cookie of 20,000', 431, (door) => ask(door, 'GET /v1/runs', [`Cookie: ${'a'.repeat(20_000)}`])],
  ['3,000 fields', 431, (door) => ask(door, 'GET /v1/runs', Array(3_000).fill('A: b'))],
  ['3,000 parameters', 400, (door) => ask(door, `GET /v1/runs?${'a=1&'.repeat(3_000)}`)],
];

const paths: readonly Trick[] = [
  ['another host', 404, (door) => ask(door, 'GET //evil.example/v1/runs')],
  ['another host, backwards', 404, (door) => ask(door, 'GET /\\evil.example')],
  ['a slash in code', 404, (door) => ask(door, 'GET /v1%2fruns')],
  ['dots', 404, (door) => ask(door, 'GET /v1/agents/../runs')],
  ['a parameter of the path', 404, (door) => ask(door, 'GET /v1/runs;a=b')],
  ['a NUL', 404, (door) => ask(door, 'GET /v1/runs%00')],
  ['dots in overlong UTF-8', 400, (door) => ask(door, 'GET /v1/runs/%c0%ae%c0%ae')],
  ['bytes beyond ASCII', 400, (door) => ask(door, 'GET /v1/runs/\u00ff')],
  ['a NUL in a parameter', 400, (door) => ask(door, 'GET /v1/runs?agent=a%00b')],
  ['a parameter that is no UTF-8', 400, (door) => ask(door, 'GET /v1/runs?session=%ff')],
];

for (const [kind, tricks] of Object.entries({ credentials, methods, bodies, sizes, paths })) {
  describe(`what is refused: ${kind}`, () => {
    for (const [what, status, request] of tricks) {
      test(what, async () => {
        const { api, calls } = fakeApi();
        await using door = await openDoor({ api });
        const answer = await sendRaw(door.gateway.port, Buffer.from(request(door), 'latin1'));
        assert.deepEqual(statusesOf(answer), [status], answer);
        assert.match(answer, /content-type: application\/problem\+json/i);
        assert.deepEqual(calls, []);
      });
    }
  });
}

/** Fields that some servers act on, and ours must not. */
const idle: Readonly<Record<string, readonly string[]>> = {
  'another method': ['X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: PUT', 'X-Method-Override: GET'],
  'another path': ['X-Original-URL: /v1/agents', 'X-Rewrite-URL: /v1/agents', 'X-Original-Uri: /health'],
  'another host': ['X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example', 'X-Host: evil.example'],
  'another sender': ['X-Forwarded-For: 1.2.3.4', 'X-Real-IP: 1.2.3.4', 'True-Client-IP: 1.2.3.4'],
  'another protocol': [
    'Upgrade: h2c, websocket',
    'HTTP2-Settings: AAMAAABkAAQAAP__',
    'Sec-WebSocket-Key: eA==',
  ],
  'a part of it': ['Range: bytes=0-3', 'If-None-Match: *', 'If-Match: "x"'],
};

for (const [what, fields] of Object.entries(idle)) {
  test(`fields change nothing: ${what}`, async () => {
    const { api, calls } = fakeApi();
    await using door = await openDoor({ api });
    const [plain, tricked] = await Promise.all(
      [[], fields].map((more) => sendRaw(door.gateway.port, ask(door, 'GET /v1/runs', more))),
    );
    assert.deepEqual(bodyOf(tricked), bodyOf(plain));
    assert.deepEqual(
      calls.map(([name]) => name),
      ['listRuns', 'listRuns'],
    );
    assert.doesNotMatch(tricked ?? '', /evil|101 Switching/);
  });
}

test('no answer lets another site read it, or sets a cookie', async () => {
  await using door = await openDoor();
  const answer = await sendRaw(door.gateway.port, ask(door, 'GET /v1/runs', ['Origin: http://evil.example']));
  assert.doesNotMatch(answer, /access-control|set-cookie/i);
  assert.match(answer, /x-content-type-options: nosniff/i);
});

const bodyOf = (answer = ''): unknown =>
  (JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as { data: unknown }).data;
