import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Digest } from '../../domain/content.ts';
import type { SignedUrlOptions } from '../../ports/blobs.ts';
import { checksumHeader } from '../../protocol/upload-headers.ts';
import { serviceError } from '../sdk/service-error.ts';

/** An object by its name; it need not be there yet. */
export interface StoredFile {
  readonly bucket: string;
  readonly key: string;
}

/**
 * An address of S3 itself. One for PUT takes the bytes of the digest and no others: a header with the SHA-256 is part of what
 * is signed, and S3 compares it with what comes; so is the size, where one is given. No address outlives the credentials
 * that it was signed with, and those of a function last for some hours.
 */
export async function signedBlobUrl(
  client: S3Client,
  { digest, ...file }: StoredFile & { readonly digest: Digest },
  { method, ...options }: SignedUrlOptions,
): Promise<string> {
  if (method === 'GET') return signedFileUrl(client, file, options);
  const checksum = checksumHeader(digest);
  const command = new PutObjectCommand({
    Bucket: file.bucket,
    Key: file.key,
    ChecksumSHA256: checksum['x-amz-checksum-sha256'],
    ...(options.size === undefined ? {} : { ContentLength: options.size }),
  });
  const unhoistableHeaders = new Set(Object.keys(checksum));
  return sign(client, file, (to) =>
    getSignedUrl(to, command, { expiresIn: options.expiresIn, unhoistableHeaders }),
  );
}

/** An address that gives one file, labelled for download. */
export async function signedFileUrl(
  client: S3Client,
  file: StoredFile,
  { expiresIn, mediaType = 'application/octet-stream', filename }: Omit<SignedUrlOptions, 'method' | 'size'>,
): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: file.bucket,
    Key: file.key,
    ResponseContentType: mediaType,
    ResponseContentDisposition: attachment(filename),
  });
  return sign(client, file, (to) => getSignedUrl(to, command, { expiresIn }));
}

/** Signing sends nothing, but may have to get credentials first. */
async function sign(
  client: S3Client,
  { bucket }: StoredFile,
  how: (client: S3Client) => Promise<string>,
): Promise<string> {
  try {
    return await how(client);
  } catch (error) {
    throw serviceError(error, `the bucket ${bucket}`);
  }
}

/** For download, also without a name: what agents made must not run as a page. */
function attachment(filename: string | undefined): string {
  return filename === undefined ? 'attachment' : `attachment; filename*=UTF-8''${encodedName(filename)}`;
}

/** RFC 8187. */
function encodedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
