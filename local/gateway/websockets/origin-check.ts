import type { IncomingMessage } from 'node:http';
import { TandemError } from '../../../shared/errors/tandem-error.ts';

/**
 * Browsers let pages of any site open a WebSocket, and say which: only pages of this server's own address may. What is no
 * browser says nothing. Throws `request.misdirected`.
 */
export function assertOrigin(
  { headers: { origin, host } }: IncomingMessage,
  own: readonly string[] = [],
): void {
  if (origin === undefined) return;
  const from = URL.parse(origin);
  if (from && (from.host === host || own.includes(from.origin))) return;
  throw new TandemError('request.misdirected', {
    message: 'The connection is asked for by a page of another site',
  });
}
