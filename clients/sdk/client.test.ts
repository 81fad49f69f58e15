import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiError, isApiError } from './api-error.ts';
import { TandemClient } from './client.ts';
import { dataReply, fakeServer, problemReply } from './testing/fake-server.ts';

const token = 'secret';

async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => assert.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isApiError(error), String(error));
  return error;
}

test('shows the token and opens the envelope', async () => {
  await using server = await fakeServer(() => dataReply({ items: [] }));
  const client = new TandemClient({ url: server.url, token });
  assert.deepEqual(await client.listRuns({ agent: 'a', limit: 2 }), { items: [] });
  assert.equal(server.seen[0]?.path, '/v1/runs?agent=a&limit=2');
  assert.equal(server.seen[0]?.headers.authorization, 'Bearer secret');
});

test('a server may stand below a path, as a stage of API Gateway does', async () => {
  await using server = await fakeServer(() => dataReply({ items: [] }));
  await new TandemClient({ url: `${server.url}/dev`, token }).listRuns({ limit: 2 });
  await new TandemClient({ url: `${server.url}/dev/`, token }).listRuns();
  assert.deepEqual(
    server.seen.map(({ path }) => path),
    ['/dev/v1/runs?limit=2', '/dev/v1/runs'],
  );
});

test('a problem becomes an error with code, remedy and request id', async () => {
  await using server = await fakeServer(() => problemReply('run.ended', 'The run has ended'));
  const client = new TandemClient({ url: server.url, token });
  const { code, message, remedy, requestId, retryable } = await failureOf(client.cancelRun('run_1'));
  assert.deepEqual([code, message, requestId, retryable], ['run.ended', 'The run has ended', 'req_2', false]);
  assert.equal(remedy, 'Start a new run.');
  assert.equal(server.seen.length, 1);
});

test('what is passing is tried again', async () => {
  await using server = await fakeServer((_, count) =>
    count < 3 ? problemReply('internal') : dataReply({ run: 'run_1' }),
  );
  const client = new TandemClient({ url: server.url, token });
  assert.equal((await client.getRun('run_1')).run, 'run_1');
  assert.equal(server.seen.length, 3);
});

test('a run is started once: every attempt carries the same key', async () => {
  await using server = await fakeServer((_, count) =>
    count < 3 ? undefined : dataReply({ run: 'run_1' }, 202),
  );
  const client = new TandemClient({ url: server.url, token });
  await client.startRun({ agent: 'a', input: null });
  const keys = new Set(server.seen.map(({ headers }) => headers['idempotency-key']));
  assert.equal(server.seen.length, 3);
  assert.equal(keys.size, 1);
  assert.match([...keys][0] as string, /^[0-9a-f-]{36}$/);
});

test('what must not be done twice is not sent again once it may have arrived', async () => {
  for (const reply of [undefined, problemReply('internal')]) {
    await using server = await fakeServer(() => reply);
    const client = new TandemClient({ url: server.url, token });
    await failureOf(client.approve('apr_1'));
    assert.equal(server.seen.length, 1);
  }
});

test('… but is when the server certainly did not take it', async () => {
  await using server = await fakeServer((_, count) =>
    count === 1 ? problemReply('server.stopping') : dataReply({ run: 'run_1' }),
  );
  const client = new TandemClient({ url: server.url, token });
  await client.approve('apr_1');
  assert.equal(server.seen.length, 2);
});

test('a signal is sent once: every attempt carries the same key', async () => {
  await using server = await fakeServer((_, count) => (count < 3 ? undefined : dataReply({ run: 'run_1' })));
  const client = new TandemClient({ url: server.url, token });
  await client.signalRun('run_1', { name: 'go' });
  assert.equal(server.seen.length, 3);
  assert.equal(new Set(server.seen.map(({ headers }) => headers['idempotency-key'])).size, 1);
});

test('an output is taken from the run, or fetched from its address without the token', async () => {
  await using server = await fakeServer(() => ({ body: '{"long":true}' }));
  const client = new TandemClient({ url: server.url, token });
  assert.equal(await client.outputOf({ output: 'short' }), 'short');
  assert.equal(await client.outputOf({}), undefined);
  assert.equal(server.seen.length, 0);
  assert.deepEqual(await client.outputOf({ outputUrl: '/v1/blobs/acme/a?signature=b' }), { long: true });
  assert.equal(server.seen[0]?.headers.authorization, undefined);
});

test('nobody listening is server.unreachable, with the next step', async () => {
  const server = await fakeServer(() => undefined);
  await server[Symbol.asyncDispose]();
  const error = await failureOf(new TandemClient({ url: server.url, token }, { retries: 0 }).listAgents());
  assert.deepEqual([error.code, error.retryable], ['server.unreachable', true]);
  assert.match(error.remedy, /npx tandem up/);
});

test('something else on the port is no Tandem server', async () => {
  await using server = await fakeServer(() => ({ body: '<html>' }));
  const error = await failureOf(new TandemClient({ url: server.url, token }, { retries: 0 }).listAgents());
  assert.equal(error.code, 'server.unreachable');
  assert.match(error.message, /is not a Tandem server/);
});

test('events are followed page by page until the run has ended', async () => {
  const pages = [
    { events: [{ seq: 1 }, { seq: 2 }], more: true, ended: false },
    { events: [], more: false, ended: false },
    { events: [{ seq: 3 }], more: false, ended: true },
  ];
  await using server = await fakeServer((_, count) => dataReply(pages[count - 1]));
  const seen: number[] = [];
  for await (const { seq } of new TandemClient({ url: server.url, token }).events('run_1')) seen.push(seq);
  assert.deepEqual(seen, [1, 2, 3]);
  assert.deepEqual(
    server.seen.map(({ path }) => path),
    [0, 2, 2].map((after) => `/v1/runs/run_1/events?after=${after}&wait=20`),
  );
});

test('following ends when it is aborted', async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await fakeServer(() => {
    asked.resolve();
    return new Promise(() => {});
  });
  const stop = new AbortController();
  const events = new TandemClient({ url: server.url, token }).events('run_1', { signal: stop.signal });
  const next = events.next();
  await asked.promise;
  stop.abort();
  await assert.rejects(next, { name: 'AbortError' });
});

test('an artefact comes from its signed address, which is shown no token', async () => {
  await using server = await fakeServer(({ path }) =>
    path.startsWith('/v1/blobs')
      ? { body: 'bytes' }
      : {
          ...dataReply({ url: '/v1/blobs/x?signature=y' }, 303),
          headers: { location: '/v1/blobs/x?signature=y' },
        },
  );
  const bytes = await new TandemClient({ url: server.url, token }).downloadArtifact('run_1', 'a/b.md');
  assert.equal(Buffer.from(bytes).toString(), 'bytes');
  assert.equal(server.seen[0]?.path, '/v1/runs/run_1/artifacts/a%2Fb.md');
  assert.equal(server.seen[1]?.headers.authorization, undefined);
});

test('a server that limits us is asked again when it says so', async () => {
  await using server = await fakeServer((_, count) =>
    count < 3
      ? { ...problemReply('limit.rate'), headers: { 'retry-after': '7' } }
      : dataReply({ approval: 'apr_1' }),
  );
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const client = new TandemClient({ url: server.url, token }, { pause });
  await client.approve('apr_1');
  assert.equal(server.seen.length, 3);
  assert.ok(
    pauses.every((ms) => ms >= 7_000 && ms < 7_500),
    String(pauses),
  );
});

test('… but not when that would be too long', async () => {
  await using server = await fakeServer(() => ({
    ...problemReply('limit.rate'),
    headers: { 'retry-after': '3600' },
  }));
  const client = new TandemClient({ url: server.url, token });
  const { status, retryAfter } = await failureOf(client.getRun('run_1'));
  assert.deepEqual([status, retryAfter, server.seen.length], [429, 3_600, 1]);
});
