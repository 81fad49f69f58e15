import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { answerWith, sendOn } from './upstream.ts';

type Handle = (message: IncomingMessage, response: ServerResponse) => void;

async function served(context: TestContext, handle: Handle): Promise<string> {
  const server: Server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A gateway that sends every request on to `behind`. */
const inFrontOf = (context: TestContext, behind: string) =>
  served(context, async (message, response) => {
    const onward = {
      url: behind + message.url,
      method: message.method ?? '',
      body: message,
      silenceMs: 600_000,
    };
    try {
      await answerWith(await sendOn(message, onward), response);
    } catch {
      response.destroy();
    }
  });

describe('a request that is sent on', () => {
  it('arrives as it was asked for, and so does its answer', async (context) => {
    const behind = await served(context, async (message, response) => {
      const body = Buffer.concat(await message.toArray()).toString();
      response.writeHead(201, { 'x-told': 'yes' }).end(`${message.method} ${message.url} ${body}`);
    });
    const url = await inFrontOf(context, behind);
    const answer = await fetch(`${url}/a%2Fb?c=%20d`, { method: 'POST', body: 'e' });
    assert.deepEqual([answer.status, answer.headers.get('x-told')], [201, 'yes']);
    assert.equal(await answer.text(), 'POST /a%2Fb?c=%20d e');
  });

  it('is let go as soon as whoever asked has left', { timeout: 30_000 }, async (context) => {
    const arrived = Promise.withResolvers<IncomingMessage>();
    const behind = await served(context, (message) => arrived.resolve(message));
    const asking = request(`${await inFrontOf(context, behind)}/v1/runs?wait=20`);
    asking.once('error', () => undefined);
    asking.end();
    const { socket } = await arrived.promise;
    const left = once(socket, 'close');
    asking.destroy();
    await left;
  });

  it('is answered before all of its body has gone', async (context) => {
    const behind = await served(context, (_message, response) => response.writeHead(413).end('too much'));
    const asking = request(await inFrontOf(context, behind), { method: 'PUT' });
    asking.once('error', () => undefined);
    asking.write('x');
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    assert.equal(answer.statusCode, 413);
    asking.destroy();
  });
});
