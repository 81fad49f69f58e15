import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { type Endpoints, endpointsFrom } from '../endpoints.ts';

/** What a service was sent. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The body, where it is JSON. */
  readonly json: () => Record<string, unknown>;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | object;
}

export type Answering = (received: Received) => Reply | Promise<Reply> | 'never';

export interface FakeService {
  readonly url: string;
  readonly received: Received[];
  /** Endpoints that lead every service here. */
  readonly endpoints: Endpoints;
}

/** A service on this machine, for one test: it keeps what it is sent and answers as it is told to. */
export async function fakeService(t: TestContext, answering: Answering): Promise<FakeService> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (one) => {
      received.push(one);
      const reply = await answering(one);
      if (reply !== 'never') send(response, reply);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, received, endpoints: endpointsFrom({}, { default: url }) };
}

async function read(request: IncomingMessage): Promise<Received> {
  const body = await text(request);
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, body, json: () => JSON.parse(body) as Record<string, unknown> };
}

function send(response: ServerResponse, { status = 200, headers = {}, body = '' }: Reply): void {
  const isJson = typeof body === 'object' && !Buffer.isBuffer(body);
  const type = isJson ? { 'content-type': 'application/x-amz-json-1.0' } : {};
  response.writeHead(status, { 'x-amzn-RequestId': 'request-1', ...type, ...headers });
  response.end(isJson ? JSON.stringify(body) : body);
}

/** An error of a service that speaks JSON. */
export const awsError = (status: number, type: string, message: string): Reply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: `com.amazonaws.any#${type}`, message }),
});
