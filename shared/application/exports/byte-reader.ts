/** Something ends before it should. */
export class EndedEarly extends Error {}

/** Reads a stream of bytes by amounts that the reader chooses, without holding more than a chunk and what is asked for. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** The next `size` bytes. Throws {@link EndedEarly}. */
  async exactly(size: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(size);
    let at = 0;
    for await (const part of this.parts(size)) {
      bytes.set(part, at);
      at += part.byteLength;
    }
    return bytes;
  }

  /** The next `size` bytes in the parts they come in. Throws {@link EndedEarly}. */
  async *parts(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      if (this.#rest.byteLength === 0 && !(await this.#next())) throw new EndedEarly();
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.byteLength);
      left -= part.byteLength;
      yield part;
    }
  }

  /** Whether nothing follows. */
  async ended(): Promise<boolean> {
    return this.#rest.byteLength === 0 && !(await this.#next());
  }

  async #next(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      if (value.byteLength === 0) continue;
      this.#rest = value;
      return true;
    }
  }
}
