import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { style } from './style.ts';

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * Headers of a page: it runs no script, loads nothing, stands in no frame, is kept nowhere, and its form goes to this
 * server. `answers`: where the answer to who asked leads, which browsers hold against the form as well.
 */
export function setPageHeaders(response: ServerResponse, answers?: string): void {
  const target = answers === undefined ? '' : ` ${answers}`;
  const headers = {
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'`,
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    // Not `no-referrer`: browsers would then not say either where a form comes from.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
