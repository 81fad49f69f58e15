import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { describe, test } from 'node:test';
import { type ApiError, isApiError } from './api-error.ts';
import { TandemClient } from './client.ts';
import { fakeServer, problemReply } from './testing/fake-server.ts';
import { Transport } from './transport.ts';

const token = 'secret';

async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => assert.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isApiError(error), String(error));
  return error;
}

const impatient = { retries: 0, timeoutMs: 2_000 };

/** Bodies that no server of ours sends, with success or without. */
const odd: Readonly<Record<string, string>> = {
  nothing: '',
  'a web page': '<!doctype html><title>Sign in</title>',
  null: 'null',
  'a text': '"data"',
  'a list': '[]',
  'another envelope': '{"result":{}}',
  'half an answer': '{"data":{"run":',
  'a problem of somebody else': '{"type":"about:blank","status":418,"code":"teapot"}',
  'a problem whose parts are of other types':
    '{"code":"x","detail":"y","remedy":"z","status":400,"error":null,"meta":1}',
};

describe('what is no answer of Tandem is said to be none', () => {
  for (const [what, body] of Object.entries(odd)) {
    for (const status of [200, 404, 500]) {
      test(`${what}, with ${status}`, async () => {
        await using server = await fakeServer(() => ({
          status,
          body,
          headers: { 'content-type': 'text/html' },
        }));
        const client = new TandemClient({ url: server.url, token }, impatient);
        const { code, message } = await failureOf(client.getRun('run_1'));
        assert.equal(code, 'server.unreachable');
        assert.match(message, /is not a Tandem server/);
      });
    }
  }

  test('lines that are no JSON', async () => {
    await using server = await fakeServer(() => ({ body: '{"seq":1}\nnot json\n' }));
    const transport = new Transport({ url: server.url, token }, impatient);
    const lines = transport.sendLines({ method: 'GET', path: '/v1/runs/run_1/transcript' });
    assert.equal((await failureOf(lines)).code, 'server.unreachable');
  });
});

describe('a redirect is not followed, and the token stays', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    test(String(status), async () => {
      await using elsewhere = await fakeServer(() => ({ body: '{"data":{"run":"run_1"}}' }));
      await using server = await fakeServer(() => ({
        status,
        body: '',
        headers: { location: elsewhere.url },
      }));
      const client = new TandemClient({ url: server.url, token }, impatient);
      assert.equal((await failureOf(client.getRun('run_1'))).code, 'server.unreachable');
      assert.deepEqual(elsewhere.seen, []);
    });
  }
});

test('a path that leads to another host is not asked, and the token stays', async () => {
  await using elsewhere = await fakeServer(() => ({ body: '{"data":{}}' }));
  await using server = await fakeServer(() => ({ body: '{"data":{}}' }));
  const transport = new Transport({ url: server.url, token }, impatient);
  for (const path of [elsewhere.url, elsewhere.url.replace('http:', '')]) {
    assert.equal((await failureOf(transport.send({ method: 'GET', path }))).code, 'server.unreachable');
  }
  assert.deepEqual(elsewhere.seen, []);
});

/** Asks a server that answers by hand. */
async function askedOf(answer: (response: ServerResponse) => void): Promise<ApiError> {
  const server = createServer((_, response) => answer(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await failureOf(new TandemClient({ url, token }, impatient).getRun('run_1'));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an answer without an end is cut off once it is longer than any of ours', async () => {
  let sent = 0;
  const { code, message } = await askedOf((response) => {
    response.on('error', () => undefined);
    const part = Buffer.alloc(1024 * 1024, 'x');
    const more = () => {
      for (let fits = true; fits && !response.destroyed; sent += part.length) fits = response.write(part);
    };
    response.on('drain', more);
    more();
  });
  assert.equal(code, 'server.unreachable');
  assert.match(message, /is not a Tandem server/);
  assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes were taken`);
});

test('an answer that is cut off is said to be', async () => {
  const { message } = await askedOf((response) => {
    response.writeHead(200, { 'content-length': 1_000 });
    response.write('{"data":', () => response.destroy());
  });
  assert.match(message, /was cut off/);
});

test('what speaks no HTTP is no server', async () => {
  const server = createSocketServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code } = await failureOf(new TandemClient({ url, token }, impatient).getRun('run_1'));
  assert.equal(code, 'server.unreachable');
  server.close();
});

describe('Retry-After of whatever kind ends neither in haste nor in waiting for ever', () => {
  const paused: [string, readonly number[]][] = [
    ['0', [0, 500]],
    ['2', [2_000, 2_500]],
    ['-5', [0, 2_000]],
    ['1e9', [0, 2_000]],
    ['soon', [0, 2_000]],
    ['Fri, 31 Dec 9999 23:59:59 GMT', [0, 2_000]],
  ];
  for (const [header, [least = 0, most = 0]] of paused) {
    test(header, async () => {
      const problem = problemReply('limit.rate');
      const headers = { ...problem.headers, 'retry-after': header };
      await using server = await fakeServer(() => ({ ...problem, headers }));
      const pauses: number[] = [];
      const pause = async (ms: number) => void pauses.push(ms);
      await failureOf(new TandemClient({ url: server.url, token }, { retries: 1, pause }).getRun('run_1'));
      assert.equal(pauses.length, 1);
      assert.ok((pauses[0] ?? -1) >= least && (pauses[0] ?? 1e9) <= most, String(pauses));
    });
  }

  test('a week is not waited for', async () => {
    const problem = problemReply('server.stopping');
    await using server = await fakeServer(() => ({ ...problem, headers: { 'retry-after': '604800' } }));
    const pause = () => assert.fail('it waits');
    await failureOf(new TandemClient({ url: server.url, token }, { pause }).getRun('run_1'));
  });
});
