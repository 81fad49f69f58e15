import { connect } from 'node:net';

/** What a server says to these bytes until it, or the end of its answers, closes the connection. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.end(bytes);
  let text = '';
  try {
    for await (const chunk of socket) text += chunk;
  } catch {
    // Cut off: what was said until then counts.
  }
  return text;
}

/** Status codes of the answers, in order. */
export function statusesOf(answers: string): number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g)].map(([, status]) => Number(status));
}
