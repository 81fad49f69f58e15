import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { askStore } from './store.ts';

/** A store that answers with these statuses, one after the other; 0 hangs up. */
async function storeThatAnswers(context: TestContext, statuses: number[]): Promise<string> {
  const server: Server = createServer((_, response) => {
    const status = statuses.shift() ?? 0;
    if (status === 0) response.destroy();
    else response.writeHead(status).end(`answer ${status}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const goOn = new AbortController().signal;

test('a store that hangs up or is overwhelmed is asked again', async (context) => {
  const url = await storeThatAnswers(context, [0, 503, 429, 200]);
  const { status, body } = await askStore(url, { method: 'GET' }, goOn);
  assert.deepEqual([status, body.toString()], [200, 'answer 200']);
});

test('a refusal is an answer', async (context) => {
  const url = await storeThatAnswers(context, [403]);
  assert.equal((await askStore(url, { method: 'GET' }, goOn)).status, 403);
});

test('nobody is asked again once the worker is to stop', async (context) => {
  const stop = new AbortController();
  const url = await storeThatAnswers(context, []);
  const asking = askStore(url, { method: 'GET' }, stop.signal);
  stop.abort(new Error('The server said stop'));
  await assert.rejects(asking, /The server said stop/);
});
