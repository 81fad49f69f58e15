import type { Content } from '../domain/content.ts';
import type { Json } from '../domain/json.ts';
import { limits } from '../domain/limits.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { TenantBlobs } from '../ports/blobs.ts';

/**
 * A value as an event carries it: inline up to {@link limits.inlineBytes} of JSON text (UTF-8), above that as a blob
 * that holds the text. The blob is durable when this resolves.
 */
export async function toContent(blobs: TenantBlobs, value: Json): Promise<Content> {
  const text = JSON.stringify(value);
  if (fitsInline(text)) return { inline: value };
  return blobs.put(Buffer.from(text, 'utf8'));
}

/** The value of a content. Throws `data.damaged` when its blob is gone. */
export async function fromContent(blobs: TenantBlobs, content: Content): Promise<Json> {
  if ('inline' in content) return content.inline;
  const bytes = await blobs.get(content.blob);
  if (bytes === undefined) {
    throw new TandemError('data.damaged', {
      message: `The blob ${content.blob}, which an event names, is missing.`,
      details: { blob: content.blob },
    });
  }
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as Json;
}

/** UTF-8 takes at most three bytes for a UTF-16 code unit, so short text need not be measured. */
function fitsInline(text: string): boolean {
  return text.length * 3 <= limits.inlineBytes || Buffer.byteLength(text, 'utf8') <= limits.inlineBytes;
}
