import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Digest } from '../../domain/content.ts';
import type { SignedUrlOptions } from '../../ports/blobs.ts';
import { checksumHeader } from '../../protocol/upload-headers.ts';
import { serviceError } from '../sdk/service-error.ts';

export interface SignedObject {
  readonly bucket: string;
  readonly key: string;
  readonly digest: Digest;
}

/**
 * An address of S3 itself. One for PUT takes the bytes of the digest and no others: a header with the SHA-256 is part of what
 * is signed, and S3 compares it with what comes; so is the size, where one is given. No address outlives the credentials that it was
 * signed with, and those of a function last for some hours.
 */
export async function signedObjectUrl(
  client: S3Client,
  { bucket, key, digest }: SignedObject,
  { method, expiresIn, size, mediaType, filename }: SignedUrlOptions,
): Promise<string> {
  const object = { Bucket: bucket, Key: key };
  try {
    if (method === 'PUT') {
      const { 'x-amz-checksum-sha256': ChecksumSHA256 } = checksumHeader(digest);
      const sized = size === undefined ? {} : { ContentLength: size };
      const command = new PutObjectCommand({ ...object, ChecksumSHA256, ...sized });
      const unhoistableHeaders = new Set(Object.keys(checksumHeader(digest)));
      return await getSignedUrl(client, command, { expiresIn, unhoistableHeaders });
    }
    const labels = {
      ResponseContentType: mediaType ?? 'application/octet-stream',
      ResponseContentDisposition: attachment(filename),
    };
    return await getSignedUrl(client, new GetObjectCommand({ ...object, ...labels }), { expiresIn });
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
