import type { IncomingMessage } from 'node:http';
import { invalidRequest } from '../../functions/middleware/invalid-request.ts';

/** Header fields of which a second one would let two readers disagree about the request. */
const single = ['host', 'authorization', 'content-type', 'idempotency-key'] as const;

export interface RequestTarget {
  readonly path: string;
  /** Without `?`; empty when there is none. */
  readonly query: string;
}

/** Path and query of a request; throws `request.invalid` for anything but a path (`*`, whole addresses). */
export function pathAndQuery(url: string): RequestTarget {
  if (!url.startsWith('/') || url.includes('#')) {
    throw invalidRequest([{ path: 'path', expected: 'a path that starts with /' }]);
  }
  const mark = url.indexOf('?');
  return mark === -1 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/**
 * Throws `request.invalid` when a field that must be one is there twice, the body comes in an unknown coding, or
 * something is expected of us besides `100-continue`.
 */
export function assertUnambiguous({ rawHeaders, headers }: IncomingMessage): void {
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    throw invalidRequest([{ path: 'header.transfer-encoding', expected: 'chunked, or none' }]);
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    throw invalidRequest([{ path: 'header.expect', expected: '100-continue, or none' }]);
  }
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const at = single.indexOf((rawHeaders[index] ?? '').toLowerCase() as (typeof single)[number]);
    if (at === -1) continue;
    if ((seen & (1 << at)) !== 0) {
      throw invalidRequest([{ path: `header.${single[at]}`, expected: 'to be given once' }]);
    }
    seen |= 1 << at;
  }
}
