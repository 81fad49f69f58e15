import { chacha, type Words } from './chacha.ts';

type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/**
 * `Math.random` from the run's seed, by sfc32: in a run that has just begun, code is not yet compiled, and a cipher
 * would take longer than all the rest of a small program.
 */
export function seededRandom(seed: string): () => number {
  const state = [0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16) | 0);
  let [a = 0, b = 0, c = 0, counter = 0] = state;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) word();
  // 53 bits, as many as a double holds.
  return () => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
}

/** The part of Web Crypto that needs nothing but randomness, from the run's seed. */
export function seededCrypto(seed: string) {
  let words: Words | undefined;
  const getRandomValues = <T extends IntegerArray>(array: T): T => {
    words ??= chacha(seed);
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; at += 4) {
      let word = words();
      for (let byte = at; byte < at + 4 && byte < bytes.length; byte += 1) {
        bytes[byte] = word;
        word >>>= 8;
      }
    }
    return array;
  };
  return { getRandomValues, randomUUID: () => uuid(getRandomValues(new Uint8Array(16))) };
}

/** Version 4 (RFC 9562). */
function uuid(bytes: Uint8Array): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
