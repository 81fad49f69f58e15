import { bearerProtocol, liveProtocol } from '../../shared/protocol/live.ts';

/** What the subprotocols that a client offers say. */
export interface Offer {
  /** The one that is chosen; absent when ours is not among them. */
  readonly chosen?: string;
  /** The bearer token that one of them brings. */
  readonly token?: string;
}

/**
 * Reads `Sec-WebSocket-Protocol`. Browsers can set no other header field, and an address is no place for a token: it
 * stands in logs.
 */
export function offerOf(header: string | undefined): Offer {
  const offered = (header ?? '').split(',').map((one) => one.trim());
  const bearer = offered.find((one) => one.startsWith(bearerProtocol));
  return {
    ...(offered.includes(liveProtocol) ? { chosen: liveProtocol } : {}),
    ...(bearer === undefined
      ? {}
      : { token: Buffer.from(bearer.slice(bearerProtocol.length), 'base64url').toString('utf8') }),
  };
}
