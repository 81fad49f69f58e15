import { createHmac, timingSafeEqual } from 'node:crypto';
import { TandemError } from '../errors/tandem-error.ts';
import type { SignedUrlOptions } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import { type BlobName, isBlobName } from './blob-name.ts';

export interface UrlSigning {
  /** At least 32 bytes; whoever has it can sign addresses. */
  readonly key: Uint8Array;
  readonly clock: Clock;
}

/** What a signed address stands for. */
export interface SignedBlob extends BlobName {
  readonly mediaType?: string;
  readonly filename?: string;
  /** Of a PUT that takes exactly so many bytes. */
  readonly size?: number;
}

interface Claims extends SignedBlob {
  readonly method: string;
  /** Seconds since the epoch. */
  readonly expires: number;
}

const path = /^\/v1\/blobs\/([^/]+)\/([^/]+)$/;

/** Path and query of an address that allows one method on one blob for a while. */
export function signUrl(
  { tenant, digest }: BlobName,
  { method, expiresIn, mediaType, filename, size }: SignedUrlOptions,
  { key, clock }: UrlSigning,
): string {
  const claims: Claims = {
    tenant,
    digest,
    method,
    expires: Math.floor(clock.now() / 1_000) + expiresIn,
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(filename === undefined ? {} : { filename }),
    ...(size === undefined ? {} : { size }),
  };
  const query = new URLSearchParams({ method, expires: String(claims.expires) });
  if (filename !== undefined) query.set('filename', filename);
  if (mediaType !== undefined) query.set('type', mediaType);
  if (size !== undefined) query.set('size', String(size));
  query.set('signature', signature(claims, key).toString('hex'));
  return `/v1/blobs/${tenant}/${digest}?${query}`;
}

/** What a signed address (whole, or from its path on) stands for; throws `address.refused` when it isn't good for `method`. */
export function verifySignedUrl(url: string, method: 'GET' | 'PUT', { key, clock }: UrlSigning): SignedBlob {
  const parsed = URL.parse(url, 'http://localhost');
  const claims = parsed && claimsOf(parsed);
  const given = Buffer.from(parsed?.searchParams.get('signature') ?? '', 'hex');
  const expected = claims && signature(claims, key);
  if (!expected || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refusedAddress('The address was changed or not signed here.');
  }
  if (claims.method !== method) throw refusedAddress(`The address is not for ${method}.`);
  if (claims.expires * 1_000 <= clock.now()) throw refusedAddress('The address has expired.');
  const { method: _method, expires: _expires, ...blob } = claims;
  return blob;
}

function claimsOf({ pathname, searchParams }: URL): Claims | undefined {
  const [, tenant = '', digest = ''] = path.exec(pathname) ?? [];
  if (!isBlobName({ tenant, digest })) return undefined;
  const mediaType = searchParams.get('type');
  const filename = searchParams.get('filename');
  const size = searchParams.get('size');
  return {
    tenant,
    digest,
    method: searchParams.get('method') ?? '',
    expires: Number(searchParams.get('expires')),
    ...(mediaType === null ? {} : { mediaType }),
    ...(filename === null ? {} : { filename }),
    ...(size === null ? {} : { size: Number(size) }),
  };
}

function signature(claims: Claims, key: Uint8Array): Buffer {
  const { tenant, digest, method, expires, mediaType = null, filename = null, size = null } = claims;
  const text = JSON.stringify([tenant, digest, method, expires, mediaType, filename, size]);
  return createHmac('sha256', key).update(`tandem blob 2\n${text}`).digest();
}

/** Of an address that was signed, or should have been. */
export function refusedAddress(message: string): TandemError {
  return new TandemError('address.refused', { message });
}
