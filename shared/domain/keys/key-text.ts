import { sha256 } from '../canonical.ts';
import type { Digest } from '../content.ts';

/** What every API key begins with, so that people and scanners of secrets know one when they see it. */
export const keyPrefix = 'tk_';

/** The two halves of an API key: who it is, and what proves it. */
export interface KeyParts {
  /** A ULID in lower case. */
  readonly id: string;
  /** 256 random bits in base 62. */
  readonly secret: string;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretLength = 43;
const checksumLength = 6;
const pattern = new RegExp(
  `^${keyPrefix}([0-9a-hjkmnp-tv-z]{26})_([0-9A-Za-z]{${secretLength}})([0-9A-Za-z]{${checksumLength}})$`,
);

/** The secret of 32 random bytes, given as hexadecimal. */
export const secretOf = (bytes: string): string => base62(BigInt(`0x${bytes}`), secretLength);

/** `tk_<id>_<secret><checksum>`, 79 characters without a sign that would end a word. */
export const keyText = ({ id, secret }: KeyParts): string =>
  `${keyPrefix}${id}_${secret}${checksum(id, secret)}`;

/** The halves of an API key; `undefined` for what is none, for instance because of a typo. */
export function keyParts(text: string): KeyParts | undefined {
  const [, id, secret, check] = pattern.exec(text) ?? [];
  if (id === undefined || secret === undefined || check !== checksum(id, secret)) return undefined;
  return { id, secret };
}

/** What is kept of a secret: it has 256 random bits, so salt or stretching could add nothing. */
export const secretDigest = (secret: string): Digest => sha256(secret);

/** 32 bits that a typo changes; whoever knows the rest can compute it. */
function checksum(id: string, secret: string): string {
  return base62(BigInt(`0x${sha256(`${keyPrefix}${id}_${secret}`).slice(0, 8)}`), checksumLength);
}

function base62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = alphabet.charAt(Number(rest % 62n)) + text;
  return text;
}
