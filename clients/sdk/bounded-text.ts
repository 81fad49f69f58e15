import { wireLimits } from '../../shared/protocol/limits.ts';

/** More than any answer of a server has, in bytes: what is longer comes from something else, and may have no end. */
const mostBytes = 4 * wireLimits.bodyBytes;

/** A body's text; `undefined` when it is longer than an answer can be, which ends the connection. */
export async function boundedText({ body }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    // Leaving the loop cancels the stream.
    if (size > mostBytes) return undefined;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
