import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketResult } from '../../../functions/websocket/event.ts';

/** Answers a handshake that comes to nothing, on the bare socket, and closes it. */
export function refuseUpgrade(
  socket: Duplex,
  { statusCode, headers = {}, body = '' }: WebSocketResult,
): void {
  if (!socket.writable) return void socket.destroy();
  const fields = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? 'Refused'}\r\n${lines.join('')}\r\n${body}`,
  );
}
