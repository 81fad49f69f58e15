import type { Principal } from '../../ports/identity.ts';
import { checksumHeader } from '../../protocol/upload-headers.ts';
import type { AnnouncedBytes, Upload } from '../api/uploads.ts';
import type { App } from '../app.ts';

/** How long the address takes the bytes, in seconds: 100 MiB over a slow line. */
const addressSeconds = 3_600;

/** An address for bytes that are named by their digest: sent again, they are the same upload. */
export async function createUpload(
  app: App,
  { tenant }: Principal,
  { size, sha256 }: AnnouncedBytes,
): Promise<Upload> {
  const blobs = app.blobs.forTenant(tenant);
  const expiresAt = new Date(app.clock.now() + addressSeconds * 1_000).toISOString();
  return {
    upload: sha256,
    size,
    present: (await blobs.size(sha256)) === size,
    url: await blobs.signedUrl(sha256, { method: 'PUT', expiresIn: addressSeconds, size }),
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      ...checksumHeader(sha256),
    },
    expiresAt,
  };
}
