import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LiveSockets, WebSocketOptions } from './options.ts';
import { Sockets } from './sockets.ts';

/** Whether a request asks for a WebSocket; what asks for another protocol is answered in this one. */
export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Serves WebSockets at {@link livePath} the way a WebSocket API of API Gateway does: functions hear of connections and
 * messages, and frames are sent to connections by their ids.
 */
export function attachWebSockets(server: Server, options: WebSocketOptions): LiveSockets {
  const sockets = new Sockets(options);
  server.on('upgrade', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    void sockets.upgrade(message, socket, head);
  });
  return sockets;
}
