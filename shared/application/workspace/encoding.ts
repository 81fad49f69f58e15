import { limits } from '../../domain/limits.ts';
import type { FileEncoding } from '../../domain/operations.ts';
import { TandemError } from '../../errors/tandem-error.ts';

/** The bytes that an agent's text stands for. Throws `operation.invalid`, or `limit.exceeded` for too large a file. */
export function decodeContent(content: string, encoding: FileEncoding): Buffer {
  const bytes = Buffer.from(content, encoding);
  if (encoding === 'base64' && bytes.toString('base64') !== content) {
    throw new TandemError('operation.invalid', {
      message: 'The content is not base64 (RFC 4648, with padding, without line breaks).',
    });
  }
  if (encoding === 'utf-8' && !content.isWellFormed()) {
    throw new TandemError('operation.invalid', {
      message: 'The content is not well-formed Unicode: it holds an unpaired surrogate.',
    });
  }
  return withinFileLimit(bytes);
}

/** The bytes, or `limit.exceeded` when a file may not be so large. */
function withinFileLimit(bytes: Buffer): Buffer {
  if (bytes.byteLength <= limits.fileBytes) return bytes;
  throw new TandemError('limit.exceeded', {
    message: `The file would have ${bytes.byteLength} bytes; at most ${limits.fileBytes} are allowed.`,
    details: { size: bytes.byteLength, limit: limits.fileBytes },
  });
}

/** Bytes of a file as text. Throws `file.not-text` when they are not UTF-8. A byte order mark stays. */
export function decodeText(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TandemError('file.not-text', {
      message: `${path} is not UTF-8 text; read it with the encoding base64.`,
      details: { path },
    });
  }
}

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
