import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import type { Problem } from '../../../shared/protocol/envelope.ts';

/** A request as the fake server saw it. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Sent as JSON; text as it is. */
  readonly body?: unknown;
}

/** A server that answers what a test wants, and remembers what it was asked. */
export interface FakeServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** `answer` is asked for every request; nothing means that the connection is cut. */
export async function fakeServer(
  answer: (request: Seen, count: number) => Reply | undefined | Promise<Reply | undefined>,
): Promise<FakeServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url = '', headers } = request;
    seen.push({ method, path: url, headers, body });
    const reply = await answer(seen.at(-1) as Seen, seen.length);
    if (reply === undefined) {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A successful answer. */
export const dataReply = (data: unknown, status = 200): Reply => ({
  status,
  body: { data, meta: { requestId: 'req_1' } },
});

/** An error as the server answers it. */
export function problemReply(code: keyof typeof errorCatalogue, detail = 'It did not work'): Reply {
  const { status, title, retryable, remedy } = errorCatalogue[code];
  const body: Problem = {
    type: `urn:tandem:error:${code}`,
    title,
    status,
    detail,
    instance: '/v1/runs',
    code,
    retryable,
    remedy,
    error: { code, message: detail, details: {} },
    meta: { requestId: 'req_2' },
  };
  return { status, body };
}
