import { paddingOf, readTarHeader, type TarFile, tarBlock, tarEnd } from '../../domain/exports/tar.ts';
import { ByteReader, EndedEarly } from './byte-reader.ts';

/** The file is not one that an export makes, or is damaged. */
export class NotAnExport extends Error {}

/** Reads an export file: one file after another, and nothing that an export would not have written. */
export class ArchiveReader {
  readonly #reader: ByteReader;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#reader = new ByteReader(bytes);
  }

  /** The next file, or `undefined` at the end. Its bytes have to be read before the next one. */
  async next(): Promise<TarFile | undefined> {
    const header = await this.#read(tarBlock);
    const file = readTarHeader(header);
    if (file) return file;
    if (!isEmpty(header))
      throw new NotAnExport('It holds what no export writes: a damaged or foreign header');
    const rest = await this.#read(tarEnd.byteLength - tarBlock);
    if (!isEmpty(rest)) throw new NotAnExport('Its end is damaged');
    if (!(await this.#reader.ended())) throw new NotAnExport('Something follows behind its end');
    return undefined;
  }

  /** The bytes of a small file. */
  async whole({ name, size }: TarFile, limit: number): Promise<Uint8Array> {
    if (size > limit) throw new NotAnExport(`${name} has ${size} bytes, and ${limit} are the most`);
    const bytes = await this.#read(size);
    await this.#padding(size);
    return bytes;
  }

  /** The bytes of a file, part by part. */
  async *parts({ size }: TarFile): AsyncGenerator<Uint8Array> {
    try {
      yield* this.#reader.parts(size);
    } catch (error) {
      throw explained(error);
    }
    await this.#padding(size);
  }

  async #padding(size: number): Promise<void> {
    if (!isEmpty(await this.#read(paddingOf(size))))
      throw new NotAnExport('It holds bytes between its files');
  }

  async #read(size: number): Promise<Uint8Array> {
    try {
      return await this.#reader.exactly(size);
    } catch (error) {
      throw explained(error);
    }
  }
}

function explained(error: unknown): unknown {
  return error instanceof EndedEarly ? new NotAnExport('It ends early') : error;
}

function isEmpty(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
