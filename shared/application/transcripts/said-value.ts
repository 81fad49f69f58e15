import type { Content } from '../../domain/content.ts';
import type { TenantBlobs } from '../../ports/blobs.ts';
import type { SaidValue } from '../api/transcripts.ts';

/** How long the address of a value works, in seconds. */
const addressSeconds = 300;

/** What is inline in the log is inline here; what had to spill goes down by a signed address (rule 18). */
export async function saidValue(blobs: TenantBlobs, content: Content): Promise<SaidValue> {
  if ('inline' in content) return { value: content.inline };
  const options = { method: 'GET', expiresIn: addressSeconds, mediaType: 'application/json' } as const;
  return { valueUrl: await blobs.signedUrl(content.blob, options) };
}
