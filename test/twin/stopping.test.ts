import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Json } from '../../shared/protocol/json.ts';
import { Place } from './up.ts';

/** Runs of every kind, each at the moment that its name tells of. */
const parked: readonly (readonly [agent: string, input: Json, event: string])[] = [
  ['asking', {}, 'approval.requested'],
  ['listening', { names: ['never'] }, 'operation.requested'],
  ['dozing', { ms: 600_000 }, 'operation.requested'],
  ['commanding', { command: 'sleep 600', timeoutMs: 1_200_000 }, 'operation.started'],
  ['counting', { steps: 5_000 }, 'operation.completed'],
  ['looping', null, 'run.carried'],
];

describe('stopping', { concurrency: 2, timeout: 300_000 }, () => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    it(`by ${signal} ends with 0, whatever runs and whoever waits`, async (t) => {
      const place = new Place(t);
      const server = place.up();
      await server.listening;
      const runs = await Promise.all(parked.map(([agent, input]) => place.run(agent, input)));
      await Promise.all(parked.map(([, , event], index) => place.event(runs[index] ?? '', event)));
      const paths = runs.map((run) => `/v1/runs/${run}?wait=20`);
      const waiting = await Promise.all(
        [...paths, `/v1/runs/${runs[0]}/events?after=1000&wait=20`].map((path) => begun(place, path)),
      );
      // What is on its way has come when later requests, one after the other, have had their answers.
      for (let later = 0; later < 3; later += 1) await place.client().ready();
      server.kill(signal);
      const answers = await Promise.all(waiting.map(({ answer }) => answer));
      // It gives up by itself, with 1, what takes longer than 5 s.
      const { code, stderr } = await server.end;
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(stderr, /^\s+at /m);
      assert.deepEqual(
        answers.map(({ status }) => status),
        answers.map(() => 200),
      );
      assert.equal(existsSync(join(place.data, 'server.json')), false);
    });
  }

  it('does not wait for a client that does not go on with its request', async (t) => {
    const place = new Place(t);
    const server = place.up();
    const idle = await idleConnection(await server.listening);
    await unfinishedRequest(await server.listening);
    server.kill('SIGTERM');
    await idle.closed;
    const { code, stderr } = await server.end;
    assert.equal(code, 0, stderr);
  });

  it('does not wait for connections that were opened and never used', async (t) => {
    const place = new Place(t);
    const server = place.up();
    await opened(await server.listening);
    // The server has accepted it once a later one is answered.
    await idleConnection(await server.listening);
    const began = performance.now();
    server.kill('SIGTERM');
    assert.equal((await server.end).code, 0);
    assert.ok(performance.now() - began < 2_000);
  });

  it('twice ends at once', async (t) => {
    const place = new Place(t);
    const server = place.up();
    const idle = await idleConnection(await server.listening);
    await unfinishedRequest(await server.listening);
    server.kill('SIGINT');
    // It stops, and waits for the request.
    await idle.closed;
    server.kill('SIGINT');
    assert.equal((await server.end).code, 130);
  });
});

/** Sends a request whose answer may take its time, on a connection that the server knows by then. */
async function begun(place: Place, path: string): Promise<{ readonly answer: Promise<{ status: number }> }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { authorization: `Bearer ${place.token()}` };
  const { url } = place.serverFile();
  await answerTo(request(`${url}/health`, { agent }).end());
  const sent = request(url + path, { agent, headers }).end();
  const answer = answerTo(sent);
  await once(sent, 'finish');
  return { answer };
}

async function answerTo(sent: ClientRequest): Promise<{ status: number }> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return { status: response.statusCode ?? 0 };
}

/** A connection that has had its answer: a server that stops closes it first. */
async function idleConnection(url: string): Promise<{ readonly closed: Promise<unknown> }> {
  const socket = await opened(url);
  socket.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  return { closed: once(socket, 'close') };
}

/** A request whose body never comes, and that the server has begun to read. */
async function unfinishedRequest(url: string): Promise<void> {
  const socket = await opened(url);
  socket.on('error', () => {});
  socket.write(
    'POST /v1/report HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n' +
      'Content-Length: 100\r\n\r\n',
  );
  const [answer] = await once(socket, 'data');
  assert.match(String(answer), /^HTTP\/1\.1 100 /);
}

async function opened(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}
