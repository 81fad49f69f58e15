import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { WebSocket } from 'ws';
import type { WebSocketEvent } from '../../../../functions/websocket/event.ts';
import { ApiGatewaySender } from '../../../../shared/aws/apigateway/connection-sender.ts';
import { apiGatewayManagementClient } from '../../../../shared/aws/sdk/api-gateway-management.ts';
import { createLogger } from '../../../../shared/logging/logger.ts';
import { livePath, liveProtocol } from '../../../../shared/protocol/live.ts';
import { attachWebSockets } from '../../../gateway/websockets/attach.ts';
import { lambdaFunctions } from './lambda-functions.ts';
import { managementApi } from './management-api.ts';

const silent = createLogger({ level: 'silent', write: () => undefined, now: Date.now });

async function listening(context: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A gateway whose functions answer as they are told, and the sender that functions use. */
async function stage(context: TestContext, answer: (name: string, event: WebSocketEvent) => object) {
  const asked: [string, WebSocketEvent][] = [];
  const client = {
    send: async ({ input }: { input: { FunctionName: string; Payload: Uint8Array } }) => {
      const event = JSON.parse(Buffer.from(input.Payload).toString()) as WebSocketEvent;
      asked.push([input.FunctionName, event]);
      return { Payload: Buffer.from(JSON.stringify(answer(input.FunctionName, event))) };
    },
  } as unknown as LambdaClient;
  const server = createServer();
  let ids = 0;
  const sockets = attachWebSockets(server, {
    functions: async () => lambdaFunctions({ client, prefix: 'tandem-twin' }),
    log: silent,
    requestId: () => 'req_1',
    connectionId: () => `c${++ids}=`,
    now: Date.now,
    elapsed: () => performance.now(),
  });
  context.after(() => sockets.close());
  const address = `ws://${await listening(context, server)}${livePath}`;
  const endpoint = `http://${await listening(
    context,
    managementApi(() => sockets),
  )}/twin`;
  process.env['AWS_REGION'] ??= 'us-east-1';
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  const sender = new ApiGatewaySender({ client: apiGatewayManagementClient(endpoint) });
  return { address, sender, asked };
}

describe('the WebSocket of the Compose twin', () => {
  it('invokes the functions with the events of API Gateway', async (context) => {
    const { address, asked } = await stage(context, () => ({
      statusCode: 200,
      headers: { 'Sec-WebSocket-Protocol': liveProtocol },
    }));
    const socket = new WebSocket(address, [liveProtocol], { headers: { authorization: 'Bearer t' } });
    await once(socket, 'open');
    assert.equal(socket.protocol, liveProtocol);
    socket.send('{"type":"ping"}');
    socket.close();
    await once(socket, 'close');
    while (asked.length < 3) await new Promise(setImmediate);
    assert.deepEqual(
      asked.map(
        ([
          name,
          {
            requestContext: { eventType, routeKey, connectionId },
            body,
          },
        ]) => [name, eventType, routeKey, connectionId, body],
      ),
      [
        ['tandem-twin-live-connect', 'CONNECT', '$connect', 'c1=', undefined],
        ['tandem-twin-live-message', 'MESSAGE', '$default', 'c1=', '{"type":"ping"}'],
        ['tandem-twin-live-disconnect', 'DISCONNECT', '$disconnect', 'c1=', undefined],
      ],
    );
    assert.equal(asked[0]?.[1].headers?.['authorization'], 'Bearer t');
  });

  it('lets functions send frames to a connection, and says when it is gone', async (context) => {
    const { address, sender } = await stage(context, () => ({ statusCode: 200 }));
    const socket = new WebSocket(address);
    await once(socket, 'open');
    const frame = once(socket, 'message');
    assert.equal(await sender.send('c1=', '{"type":"pong"}'), 'sent');
    assert.equal(String((await frame)[0]), '{"type":"pong"}');
    assert.equal(await sender.send('c2=', '{"type":"pong"}'), 'gone');
    const closed = once(socket, 'close');
    assert.equal(await sender.send('c1=', 'x'.repeat(129_000)), 'gone');
    await closed;
  });

  it('refuses a handshake as the function does', async (context) => {
    const { address } = await stage(context, () => ({ statusCode: 401, body: '{"code":"auth.missing"}' }));
    const socket = new WebSocket(address);
    socket.on('error', () => undefined);
    const [, response] = await once(socket, 'unexpected-response');
    assert.equal(response.statusCode, 401);
    socket.terminate();
  });
});
