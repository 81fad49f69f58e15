import { Writable } from 'node:stream';
import type { Screen } from '../terminal/output.ts';

/** A screen that keeps what is written to it. */
export function remembering(
  look: { isTTY?: boolean; columns?: number } = {},
): Screen & { readonly text: string } {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return Object.defineProperty(Object.assign(stream, look), 'text', { get: () => text }) as never;
}
