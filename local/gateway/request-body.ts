import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { tooLarge } from '../../functions/middleware/body.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** Whether a request says that it has a body. */
export function announcesBody(message: IncomingMessage): boolean {
  const { headers } = message;
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/**
 * All bytes of a body, unless there are more than `limit`: then `request.too-large`, as soon as that is known. What
 * follows is thrown away as it comes, so that the client gets to read the answer. A client that leaves in the middle
 * is `request.timed-out`, which nobody reads.
 */
export async function readBody(message: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limit) return chunks.push(chunk);
      chunks.length = 0;
      return reject(tooLarge(limit));
    });
    message.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    message.on('close', () => {
      if (!message.complete) reject(new TandemError('request.timed-out'));
    });
  });
}

/** The bytes of a body as they come; throws as {@link readBody} does. */
export async function* incomingBytes(message: IncomingMessage, limit: number): AsyncGenerator<Uint8Array> {
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  let size = 0;
  // Left open: what still comes after a refusal is thrown away, so that the client gets to read the answer.
  const chunks = message.iterator({ destroyOnReturn: false });
  try {
    for await (const chunk of chunks) {
      size += (chunk as Buffer).byteLength;
      if (size > limit) throw tooLarge(limit);
      yield chunk as Buffer;
    }
  } catch (error) {
    if (!message.complete && message.destroyed) throw new TandemError('request.timed-out', { cause: error });
    throw error;
  } finally {
    message.resume();
  }
}

/** The bytes as they travel in a proxy event: text, or base64 when they are no UTF-8. */
export function eventBody(bytes: Buffer): { readonly text: string; readonly isBase64: boolean } {
  return isUtf8(bytes)
    ? { text: bytes.toString('utf-8'), isBase64: false }
    : { text: bytes.toString('base64'), isBase64: true };
}
