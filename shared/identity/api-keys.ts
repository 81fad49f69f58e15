import { timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../domain/audit/records.ts';
import { keyParts, keyPrefix, secretDigest } from '../domain/keys/key-text.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Principal } from '../ports/identity.ts';
import type { Records } from '../ports/records.ts';
import { keySubject } from './key-subject.ts';
import { type Link, refusedToken } from './link.ts';

export interface ApiKeysOptions {
  readonly records: Pick<Records, 'find'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The digest of nobody's secret: whether there is such a key shows in no time that anything takes. */
const nobody = '0'.repeat(64);

/**
 * Knows the API keys of all tenants. Each request asks the records, which read strongly consistent: what is revoked or has
 * expired is refused at once. Only who has the right secret is told that, and named to whoever keeps the log.
 */
export function apiKeys({ records, now }: ApiKeysOptions): Link {
  return {
    accepts: (token) => token.startsWith(keyPrefix),
    async verify(token) {
      const parts = keyParts(token);
      if (!parts) throw refusedToken('looks like an API key, but is mistyped or cut off');
      const row = await records.find('key', parts.id);
      const isRight = isSame(secretDigest(parts.secret), row?.secretDigest ?? nobody);
      if (!row || !isRight) throw refusedToken('is no API key that was made here');
      const fault = faultOf(row, now());
      if (fault !== undefined) throw outlived(row, fault);
      return principalOf(row);
    },
  };
}

function isSame(digest: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(digest, 'hex'), Buffer.from(other, 'hex'));
}

function faultOf({ revokedAt, expiresAt }: ApiKey, now: number): string | undefined {
  if (revokedAt !== undefined) return `was revoked at ${revokedAt}`;
  return expiresAt !== undefined && Date.parse(expiresAt) <= now ? `has expired at ${expiresAt}` : undefined;
}

function outlived({ key, name }: ApiKey, fault: string): TandemError {
  return new TandemError('auth.invalid', { message: `The API key ${name} ${fault}`, details: { key } });
}

function principalOf({ tenant, key, roles }: ApiKey): Principal {
  return Object.freeze({ tenant, subject: keySubject(key), roles });
}
