import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { answerAndClose, protocolError } from './client-errors.ts';
import type { GatewayTimeouts } from './gateway.ts';

/** Milliseconds. */
export const defaultTimeouts: GatewayTimeouts = {
  headers: 10_000,
  request: 30_000,
  keepAlive: 75_000,
  close: 4_000,
};

/** How the server is made: strict about what it reads, and never for ever about waiting for it. */
export function serverOptions(timeouts: GatewayTimeouts) {
  return {
    insecureHTTPParser: false,
    requireHostHeader: true,
    maxHeaderSize: 16 * 1024,
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionsCheckingInterval: Math.min(1_000, timeouts.headers),
    highWaterMark: 64 * 1024,
    noDelay: true,
  };
}

/** Answers what the parser refuses, unless another answer is under way on that connection: then it is cut. */
export function refuseFaultyRequests(
  server: Server,
  busy: WeakSet<Socket>,
  refused: (error: ReturnType<typeof protocolError>) => string,
): void {
  server.on('clientError', (error: Error & { code?: string }, socket: Socket) => {
    if (error.code === 'ECONNRESET' || busy.has(socket)) return void socket.destroy();
    const fault = protocolError(error);
    answerAndClose(socket, fault, refused(fault));
  });
}
