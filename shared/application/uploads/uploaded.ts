import type { BlobRef, Digest } from '../../domain/content.ts';
import type { Json } from '../../domain/json.ts';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';

/** Bytes that have been uploaded; throws `resource.not-found`, also for those of another tenant. */
export async function uploadedBlob(blobs: Pick<TenantBlobs, 'size'>, upload: Digest): Promise<BlobRef> {
  const size = await blobs.size(upload);
  if (size !== undefined) return { blob: upload, size };
  throw new TandemError('resource.not-found', {
    message: `There is no upload ${upload}`,
    details: { upload },
  });
}

/** The JSON in bytes that have been uploaded; throws `request.invalid` when they hold none. */
export async function uploadedJson(blobs: TenantBlobs, upload: Digest): Promise<Json> {
  const { size } = await uploadedBlob(blobs, upload);
  if (size > limits.inputBytes) {
    throw new TandemError('limit.exceeded', {
      message: `The input would have ${size} bytes; at most ${limits.inputBytes} are allowed`,
      details: { size, limit: limits.inputBytes },
    });
  }
  const bytes = await blobs.get(upload);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch {
    throw new TandemError('request.invalid', {
      message: 'body.inputUpload: expected an upload that is JSON text in UTF-8',
      details: { issues: [{ path: 'body.inputUpload', expected: 'an upload that is JSON text in UTF-8' }] },
    });
  }
}
