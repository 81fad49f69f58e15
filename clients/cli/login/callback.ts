import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { LoginPage } from './issuer.ts';

/** Where a browser brings the answer of a sign-in. */
export interface Callback extends AsyncDisposable {
  readonly redirectUri: string;
  /** The address that it was brought to, in full. */
  readonly answer: Promise<URL>;
}

const page = (title: string, text: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Tandem</title>
<body><main><h1>${title}</h1><p>${text}</p></main></body></html>
`;

const pages = {
  done: page('Signed in', 'Go back to the terminal. This window may be closed.'),
  refused: page('Not signed in', 'Go back to the terminal. This window may be closed.'),
  other: page('Nothing is here', 'This page waits for the answer of a sign-in.'),
} as const;

/**
 * Listens on loopback for the one answer that carries `state`. Anything else that comes by, from another program or page
 * of this machine, is not taken for it and does not end the waiting. Throws `port.taken` when every port is.
 */
export async function openCallback(state: string, { host, ports }: LoginPage['callback']): Promise<Callback> {
  const { promise, resolve } = Promise.withResolvers<URL>();
  const server = createServer({ maxHeaderSize: 16_384 }, ({ method, url = '/', headers }, response) => {
    const address = URL.parse(url, origin());
    const isAnswer =
      method === 'GET' &&
      headers.host === new URL(origin()).host &&
      address?.pathname === '/callback' &&
      address.searchParams.get('state') === state;
    if (!isAnswer) return respond(response, 404, pages.other);
    respond(response, 200, address.searchParams.has('code') ? pages.done : pages.refused);
    resolve(address);
  });
  const origin = (): string => `http://${host}:${(server.address() as AddressInfo).port}`;
  await listen(server, ports);
  return {
    redirectUri: `${origin()}/callback`,
    answer: promise,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

/** On the first port that is free. */
async function listen(server: Server, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    try {
      server.listen({ host: '127.0.0.1', port });
      await once(server, 'listening');
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new TandemError('port.taken', {
    message: `The answer of a sign-in comes to one of the ports ${ports.join(', ')}, and other programs have them all`,
  });
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(text);
}
