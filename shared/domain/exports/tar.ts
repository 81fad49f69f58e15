import { TandemError } from '../../errors/tandem-error.ts';

/** Bytes of a header, and what the bytes of a file are filled up to. */
export const tarBlock = 512;

/** What stands behind the last file: two empty blocks. */
export const tarEnd = new Uint8Array(2 * tarBlock);

/** A file of an archive. */
export interface TarFile {
  /** ASCII, at most 100 characters. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

const limits = { name: 100, size: 8 ** 11 - 1 } as const;

const encoder = new TextEncoder();

/**
 * The one header that a file has in our archives: those of POSIX (ustar), with no owner and no time, so that the same
 * files make the same bytes. Written by hand because a reader that takes nothing but these bytes has no traversal, links,
 * extensions or duplicates to fear. Throws `limit.exceeded` for a name or size that such a header cannot say.
 */
export function tarHeader({ name, size }: TarFile): Uint8Array {
  if (!/^[\x21-\x7e]+$/.test(name) || name.length > limits.name || size > limits.size) {
    throw new TandemError('limit.exceeded', { message: `An archive cannot hold ${name} of ${size} bytes` });
  }
  const header = new Uint8Array(tarBlock);
  const put = (text: string, at: number): void => header.set(encoder.encode(text), at);
  put(name, 0);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${octal(size, 11)}\0`, 124);
  put(`${octal(0, 11)}\0`, 136);
  // The sum is taken with blanks in its own place.
  put('        ', 148);
  put('0', 156);
  put('ustar\u000000', 257);
  put('0000000\0', 329);
  put('0000000\0', 337);
  put(`${octal(sumOf(header), 6)}\0 `, 148);
  return header;
}

/** The file that a header is of; `undefined` unless it is exactly as {@link tarHeader} writes it. */
export function readTarHeader(header: Uint8Array): TarFile | undefined {
  const text = new TextDecoder('latin1').decode(header);
  const name = text.slice(0, limits.name).replace(/\0+$/, '');
  const size = /^([0-7]{11})\0/.exec(text.slice(124))?.[1];
  if (size === undefined || !/^[\x21-\x7e]+$/.test(name)) return undefined;
  const file = { name, size: Number.parseInt(size, 8) };
  return Buffer.compare(tarHeader(file), header) === 0 ? file : undefined;
}

/** How many bytes follow a file until the next header. */
export function paddingOf(size: number): number {
  return (tarBlock - (size % tarBlock)) % tarBlock;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum;
}
