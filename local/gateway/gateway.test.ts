import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { problem } from '../../shared/protocol/envelope.ts';
import { wireLimits } from '../../shared/protocol/limits.ts';
import { fakeApi, runOf } from '../../test/support/fake-api.ts';
import { openDoor } from '../../test/support/open-door.ts';

const { run } = runOf();

const codeOf = async (response: Response) => problem().parse(await response.json()).code;

test('what has no route is 404, and says so as a problem', async () => {
  await using door = await openDoor();
  const response = await door.request('GET', '/v1/nothing?a=1');
  assert.equal(response.status, 404);
  const { code, instance, meta } = problem().parse(await response.json());
  assert.deepEqual([code, instance, meta.requestId], ['route.not-found', '/v1/nothing', 'req_1']);
});

test('a method that a route does not take is 405, naming those it takes', async () => {
  await using door = await openDoor();
  const response = await door.request('DELETE', '/v1/runs');
  assert.equal(response.status, 405);
  assert.deepEqual(response.headers.get('allow')?.split(', ').sort(), ['GET', 'HEAD', 'POST']);
  assert.equal(await codeOf(response), 'route.method');
});

test('HEAD is answered as GET, without the body', async () => {
  await using door = await openDoor();
  const response = await door.request('HEAD', `/v1/runs/${run}`);
  assert.equal(response.status, 200);
  assert.ok(Number(response.headers.get('content-length')) > 100);
  assert.equal(await response.text(), '');
});

test('a body that is not declared as JSON is 415', async () => {
  await using door = await openDoor();
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
  ]) {
    const response = await door.request('POST', '/v1/runs', '{"agent":"greeter"}', { 'content-type': type });
    assert.equal(response.status, 415, type);
    assert.equal(await codeOf(response), 'request.media-type');
  }
});

test('JSON may be declared with its charset, or as a kind of JSON', async () => {
  await using door = await openDoor();
  for (const type of [
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/x+json',
  ]) {
    const response = await door.request('POST', '/v1/runs', { agent: 'greeter' }, { 'content-type': type });
    assert.equal(response.status, 202, type);
  }
});

test('a body of 5 MiB is taken, a longer one is 413 and names the limit', async () => {
  await using door = await openDoor();
  const body = (length: number) => {
    const empty = JSON.stringify({ agent: 'greeter', input: '' });
    return empty.replace('""', `"${'x'.repeat(length - empty.length)}"`);
  };
  const taken = await door.request('POST', '/v1/runs', body(wireLimits.bodyBytes));
  assert.equal(taken.status, 202);
  const refused = await door.request('POST', '/v1/runs', body(wireLimits.bodyBytes + 1));
  assert.equal(refused.status, 413);
  const { code, error } = problem().parse(await refused.json());
  assert.equal(code, 'request.too-large');
  assert.deepEqual(error.details, { limit: wireLimits.bodyBytes });
});

test('a body that grows too long without having said so is 413 as well', async () => {
  await using door = await openDoor();
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const stream = new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < 7; sent++) controller.enqueue(chunk);
      controller.close();
    },
  });
  const response = await fetch(`${door.gateway.url}/v1/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.issuer.token()}`, 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  });
  assert.equal(response.status, 413);
});

test('bytes that are no UTF-8 are 400', async () => {
  await using door = await openDoor();
  const response = await fetch(`${door.gateway.url}/v1/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.issuer.token()}`, 'content-type': 'application/json' },
    body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
  });
  assert.equal(response.status, 400);
  const { error } = problem().parse(await response.json());
  assert.deepEqual(error.details['issues'], [{ path: 'body', expected: 'text in UTF-8' }]);
});

test('documents are published without a token', async () => {
  await using door = await openDoor({
    gateway: { documents: { '/.well-known/jwks.json': { keys: [] } } },
  });
  const response = await fetch(`${door.gateway.url}/.well-known/jwks.json`);
  assert.deepEqual(await response.json(), { keys: [] });
});

test('an explicit port that is taken is an error; otherwise the next free one is used', async () => {
  await using door = await openDoor();
  await assert.rejects(openDoor({ gateway: { port: door.gateway.port } }), (error) =>
    isTandemError(error, 'port.taken'),
  );
});

/** Waits for the run's end until it is told of it, or has waited in vain. */
function slowApi() {
  const asked = Promise.withResolvers<void>();
  const waits: number[] = [];
  const fake = fakeApi({
    readEvents: async (_caller, _run, { waitMs }) => {
      waits.push(waitMs);
      if (waitMs === 0) return { events: [], more: false, ended: false };
      asked.resolve();
      return new Promise(() => undefined);
    },
  });
  return { ...fake, waits, asked: asked.promise };
}

test('a request that waits for news is given up when its client leaves', async () => {
  const slow = slowApi();
  await using door = await openDoor({ api: slow.api });
  const client = httpRequest(`${door.gateway.url}/v1/runs/${run}/events?wait=20`, {
    headers: { authorization: `Bearer ${door.issuer.token()}` },
  });
  client.on('error', () => undefined);
  client.end();
  await slow.asked;
  client.destroy();
  while (slow.waits.length < 2) await new Promise(setImmediate);
  assert.deepEqual(slow.waits, [20_000, 0]);
});

test('closing answers those who wait for news at once, and takes no more requests', async () => {
  const slow = slowApi();
  const door = await openDoor({ api: slow.api });
  const waiting = door.request('GET', `/v1/runs/${run}/events?wait=20`);
  await slow.asked;
  await door.gateway.close();
  const response = await waiting;
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('connection'), 'close');
  assert.deepEqual(((await response.json()) as { data: unknown }).data, {
    events: [],
    more: false,
    ended: false,
  });
  await assert.rejects(door.request('GET', '/health'));
});

test('closing lets a request that runs finish', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const door = await openDoor({
    api: fakeApi({
      getRun: async () => {
        asked.resolve();
        await answer.promise;
        return runOf();
      },
    }).api,
  });
  const running = door.request('GET', `/v1/runs/${run}`);
  await asked.promise;
  const closed = door.gateway.close();
  answer.resolve();
  assert.equal((await running).status, 200);
  await closed;
});

test('closing cuts off what does not finish', async () => {
  const asked = Promise.withResolvers<void>();
  const door = await openDoor({
    api: fakeApi({
      getRun: () => {
        asked.resolve();
        return new Promise(() => undefined);
      },
    }).api,
    gateway: { timeouts: { close: 20 } },
  });
  const running = door.request('GET', `/v1/runs/${run}`);
  running.catch(() => undefined);
  await asked.promise;
  await door.gateway.close();
  await assert.rejects(running);
});

test('a header that does not arrive in time is 408', async () => {
  await using door = await openDoor({ gateway: { timeouts: { headers: 50, request: 50 } } });
  const socket = connect(door.gateway.port, '127.0.0.1');
  socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 408 /);
  assert.match(answer.toString(), /request\.timed-out/);
});

test('a body that does not arrive in time is 408', async () => {
  await using door = await openDoor({ gateway: { timeouts: { headers: 50, request: 50 } } });
  const socket = connect(door.gateway.port, '127.0.0.1');
  const token = door.issuer.token();
  socket.write(
    `POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"agent"',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 408 /);
});

test('answers to pipelined requests keep their order', async () => {
  await using door = await openDoor();
  const socket = connect(door.gateway.port, '127.0.0.1');
  const request = (path: string, last = false) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
  socket.write(request('/nowhere') + request('/health') + request('/elsewhere', true));
  let text = '';
  for await (const chunk of socket) text += chunk;
  assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 404', 'HTTP/1.1 200', 'HTTP/1.1 404']);
});
