import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { runRoutes } from '../../functions/http/runs/routes.ts';
import { liveRoute } from '../../functions/websocket/live-route.ts';
import type { Gateway } from '../../local/gateway/gateway.ts';
import { liveFunctions } from '../../local/live/live-functions.ts';
import type { Live } from '../../shared/application/live/live.ts';
import { assertServed } from '../../shared/application/tenants/serve.ts';
import { createTenant } from '../../shared/application/tenants/tenants.ts';
import { createLogger } from '../../shared/logging/logger.ts';
import { MemoryConnections } from '../../shared/memory/connections.ts';
import { MemoryRateLimits } from '../../shared/memory/rate-limits.ts';
import { bearerProtocol, liveLimits, livePath, liveProtocol } from '../../shared/protocol/live.ts';
import { begin, memoryApp, someRun } from '../support/memory-app.ts';
import { type OpenDoor, openDoor } from '../support/open-door.ts';

/** Connections of one caller that this door lets stand. */
const mostConnections = 3;

describe('the live channel', { timeout: 60_000 }, () => {
  let door: OpenDoor;
  let connections: MemoryConnections;
  const refusals: string[] = [];
  const url = (): string => door.gateway.url.replace('http', 'ws') + livePath;
  const address = (): string => door.gateway.url.slice('http://'.length);

  before(async () => {
    const app = memoryApp();
    await createTenant(app, 'system', { tenant: someRun.tenant });
    await createTenant(app, 'system', { tenant: 'other' });
    await begin(app);
    connections = new MemoryConnections(app.clock);
    const late: { gateway?: Gateway } = {};
    const live: Live = {
      ...app,
      connections,
      sender: { send: async (id, frame) => late.gateway?.live?.send(id, frame) ?? 'gone' },
    };
    const log = createLogger({ level: 'silent', write: () => undefined, now: Date.now });
    const elapsed = () => performance.now();
    const limits = new MemoryRateLimits({
      caller: undefined,
      tenant: undefined,
      stranger: undefined,
      waiters: mostConnections,
      elapsed,
    });
    let ids = 0;
    door = await openDoor({
      gateway: {
        live: {
          functions: async () =>
            liveFunctions(live, {
              identity: door.issuer.identity,
              served: (caller) => assertServed(app, caller),
              refused: ({ code }) => refusals.push(code),
              log,
              elapsed,
              limits,
            }),
          connectionId: () => `c${++ids}`,
          origins: ['https://tandem.example.com'],
          limits: { waitingBytes: 64 * 1024 },
        },
      },
    });
    late.gateway = door.gateway;
  });
  after(() => door[Symbol.asyncDispose]());

  /** The status that a handshake is refused with; 101 when it is not. */
  async function statusOf(options: {
    readonly headers?: Record<string, string>;
    readonly protocols?: string[];
    readonly path?: string;
  }): Promise<number> {
    const socket = new WebSocket(options.path ?? url(), options.protocols ?? [], {
      headers: options.headers ?? {},
    });
    const opened = once(socket, 'open').then(() => 101);
    const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number);
    opened.catch(() => undefined);
    refused.catch(() => undefined);
    socket.on('error', () => undefined);
    const status = await Promise.race([opened, refused]);
    socket.terminate();
    await settled();
    return status;
  }

  /** Everybody who has left is forgotten. */
  async function settled(): Promise<void> {
    while ((door.gateway.live?.count ?? 0) > 0) await new Promise(setImmediate);
  }

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const open = async (token: string): Promise<WebSocket> => {
    const socket = new WebSocket(url(), { headers: bearer(token) });
    await once(socket, 'open');
    return socket;
  };
  const answerTo = async (
    socket: WebSocket,
    message: string,
  ): Promise<{ type: string; problem?: { code: string } }> => {
    socket.send(message);
    const [data] = await once(socket, 'message');
    return JSON.parse(String(data));
  };

  test('needs the role that reading events needs', () => {
    assert.equal(liveRoute.role, runRoutes.readEvents.role);
  });

  test('is opened by a good token in the header, or in a subprotocol, of which ours is chosen', async () => {
    const token = door.issuer.token();
    assert.equal(await statusOf({ headers: bearer(token) }), 101);
    const offered = [liveProtocol, bearerProtocol + Buffer.from(token).toString('base64url')];
    const socket = new WebSocket(url(), offered);
    await once(socket, 'open');
    assert.equal(socket.protocol, liveProtocol);
    socket.terminate();
    await settled();
  });

  test('is not opened without a token, by a bad one, or by one in the address', async () => {
    const token = door.issuer.token();
    refusals.length = 0;
    assert.equal(await statusOf({}), 401);
    assert.equal(await statusOf({ headers: bearer('nonsense') }), 401);
    assert.equal(await statusOf({ protocols: [liveProtocol, `${bearerProtocol}bm9uc2Vuc2U`] }), 401);
    assert.equal(await statusOf({ path: `${url()}?token=${token}&access_token=${token}` }), 401);
    assert.deepEqual(refusals, ['auth.missing', 'auth.invalid', 'auth.invalid', 'auth.missing']);
  });

  test('is not opened for tenants that there are not, nor for who stands outside of them', async () => {
    assert.equal(await statusOf({ headers: bearer(door.issuer.token({ tenant: 'nobodys' })) }), 403);
    const outside = door.issuer.token({ tenant: 'acme', roles: ['platform'] });
    assert.equal(await statusOf({ headers: bearer(outside) }), 403);
  });

  test('is not opened by pages of other sites', async () => {
    const headers = bearer(door.issuer.token());
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:9', `http://evil.${address()}`]) {
      assert.equal(await statusOf({ headers: { ...headers, origin } }), 421, origin);
    }
    for (const origin of [`http://${address()}`, 'https://tandem.example.com']) {
      assert.equal(await statusOf({ headers: { ...headers, origin } }), 101, origin);
    }
  });

  test('is not opened under the name of another host, or at another path', async () => {
    const headers = bearer(door.issuer.token());
    assert.equal(await statusOf({ headers: { ...headers, host: 'evil.example' } }), 421);
    assert.equal(await statusOf({ headers, path: url().replace('/v1/live', '/v1/runs') }), 404);
  });

  test("tells nothing of another tenant's run", async () => {
    const socket = await open(door.issuer.token({ tenant: 'other' }));
    const answer = await answerTo(socket, JSON.stringify({ type: 'subscribe', run: someRun.run }));
    assert.equal(answer.problem?.code, 'resource.not-found');
    assert.equal(await connections.hasSubscribers(someRun.tenant, someRun.run), false);
    socket.terminate();
    await settled();
  });

  test('answers what makes no sense with a problem, and goes on', async () => {
    const socket = await open(door.issuer.token());
    for (const message of [
      '',
      '{',
      '[]',
      '{"type":"shout"}',
      '{"type":"ping","type":"ping"}',
      '{"type":"ping","x":1}',
    ]) {
      assert.equal((await answerTo(socket, message)).problem?.code, 'request.invalid', message);
    }
    assert.equal((await answerTo(socket, '{"type":"ping"}')).type, 'pong');
    socket.terminate();
    await settled();
  });

  test('closes on messages that are too large, and on bytes', async () => {
    for (const [message, code] of [
      ['x'.repeat(liveLimits.messageBytes + 1), 1009],
      [Buffer.from('{"type":"ping"}'), 1003],
    ] as const) {
      const socket = await open(door.issuer.token());
      socket.send(message);
      const [closed] = await once(socket, 'close');
      assert.equal(closed, code);
      await settled();
    }
  });

  test('keeps no more for a slow reader than a little, and closes it', async () => {
    const socket = await open(door.issuer.token());
    socket.pause();
    const id = await connectionOf(socket);
    const frame = 'x'.repeat(120_000);
    let taken = 0;
    while ((await door.gateway.live?.send(id, frame)) === 'sent') taken += 1;
    assert.ok(taken < 200, `${taken} frames were kept`);
    const closed = once(socket, 'close');
    socket.resume();
    const [code] = await closed;
    assert.equal(code, 1013);
    await settled();
  });

  test('lets one caller have so many connections and no more', async () => {
    const token = door.issuer.token();
    const sockets = await Promise.all(Array.from({ length: mostConnections }, () => open(token)));
    const refused = new WebSocket(url(), { headers: bearer(token) });
    refused.on('error', () => undefined);
    const [, response] = await once(refused, 'unexpected-response');
    assert.equal(response.statusCode, 429);
    refused.terminate();
    for (const socket of sockets) socket.terminate();
    await settled();
    assert.equal(await statusOf({ headers: bearer(token) }), 101);
  });

  /** The last that was opened. */
  async function connectionOf(_socket: WebSocket): Promise<string> {
    for (let number = 100; number > 0; number -= 1) {
      if (await connections.find(`c${number}`)) return `c${number}`;
    }
    return assert.fail('Nobody is connected');
  }
});
