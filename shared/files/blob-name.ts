import { join } from 'node:path';
import type { Digest } from '../domain/content.ts';
import { TandemError } from '../errors/tandem-error.ts';

export interface BlobName {
  readonly tenant: string;
  readonly digest: Digest;
}

/** As identity names tenants: lower case, so that file systems that don't tell `A` from `a` keep them apart. */
const tenantPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const digestPattern = /^[0-9a-f]{64}$/;

/** Whether both could be parts of a path and nothing else. */
export function isBlobName({ tenant, digest }: BlobName): boolean {
  return tenantPattern.test(tenant) && digestPattern.test(digest);
}

/** Where a blob lies below `folder`; throws `request.invalid` for what is no tenant or digest. */
export function blobPath(folder: string, name: BlobName): string {
  if (!isBlobName(name)) {
    throw new TandemError('request.invalid', {
      message: 'This is not the name of a blob.',
      details: { ...name },
    });
  }
  const { tenant, digest } = name;
  return join(folder, tenant, digest.slice(0, 2), digest);
}
