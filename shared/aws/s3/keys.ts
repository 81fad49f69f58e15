import type { Digest } from '../../domain/content.ts';
import { TandemError } from '../../errors/tandem-error.ts';

/** As identity names tenants. */
const tenantPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const digestPattern = /^[0-9a-f]{64}$/;

/** What a bucket holds, by how its keys begin. */
export const prefixes = { blobs: 'blobs/', exports: 'exports/', passing: 'passing/' } as const;

/** Where a blob lies, such as `blobs/<tenant>/<digest>`; throws `request.invalid` for what is no tenant or digest. */
export function blobKey(tenant: string, digest: Digest, prefix: string = prefixes.blobs): string {
  if (!tenantPattern.test(tenant) || !digestPattern.test(digest)) {
    throw new TandemError('request.invalid', {
      message: 'This is not the name of a blob.',
      details: { tenant, digest },
    });
  }
  return `${prefix}${tenant}/${digest}`;
}
