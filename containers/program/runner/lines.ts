import { readSync, writeSync } from 'node:fs';

const newline = 10;

/** Lines from a descriptor, read when they are asked for: whoever has nothing else to do may well wait here. */
export class LineReader {
  readonly #descriptor: number;
  readonly #chunk = Buffer.allocUnsafeSlow(64 * 1024);
  #unread = this.#chunk.subarray(0, 0);
  /** The beginning of a line that is longer than a chunk. */
  readonly #parts: Buffer[] = [];

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** The next line, waiting for it; `undefined` at the end. */
  next(): string | undefined {
    for (;;) {
      const end = this.#unread.indexOf(newline);
      if (end >= 0) return this.#take(end);
      if (this.#unread.length > 0) this.#parts.push(Buffer.from(this.#unread));
      const length = readSync(this.#descriptor, this.#chunk);
      if (length === 0) return undefined;
      this.#unread = this.#chunk.subarray(0, length);
    }
  }

  /** Whether a whole line is there already. */
  get ready(): boolean {
    return this.#unread.includes(newline);
  }

  #take(end: number): string {
    const last = this.#unread.subarray(0, end);
    const line = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    const text = line.toString();
    this.#parts.length = 0;
    this.#unread = this.#unread.subarray(end + 1);
    return text;
  }
}

export function writeLine(descriptor: number, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}
