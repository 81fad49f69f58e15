import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { limited } from '../../limited.ts';

/** Cost: about 0.2 s and 32 MiB. Stored with each hash, so that it may rise. */
const cost = { N: 2 ** 15, r: 8, p: 3 } as const;

/** For a password that nobody has thought of: 120 random bits are not guessed, however quickly. */
const lightCost = { N: 2 ** 10, r: 8, p: 1 } as const;

/** Where a password comes from. */
export type Origin = 'chosen' | 'random';

const keyBytes = 32;

/** Hashes at a time: each holds its memory, and a processor. */
const derive = limited(2, deriveKey);

/** A hash to be stored: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string, origin: Origin): Promise<string> {
  const salt = randomBytes(16);
  const { N, r, p } = origin === 'random' ? lightCost : cost;
  const key = await derive(password, salt, { N, r, p });
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed. Takes as long whatever the hash, or when there is none: nobody learns who exists. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? nobody).split('$');
  const expected = Buffer.from(key, 'base64url');
  const costs = { N: Number(N), r: Number(r), p: Number(p) };
  const given = await derive(password, Buffer.from(salt, 'base64url'), costs);
  if (costs.N * costs.p < cost.N * cost.p) await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(given, expected) && hash !== undefined;
}

const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** A password nobody has to think of: 120 bits in letters and digits that are not taken for each other. */
export function randomPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'.split('');
  const picked = Array.from({ length: 25 }, () => letters[randomBelow(letters.length)]);
  return [0, 5, 10, 15, 20].map((start) => picked.slice(start, start + 5).join('')).join('-');
}

function randomBelow(end: number): number {
  for (;;) {
    const byte = randomBytes(1)[0] ?? 255;
    if (byte < 256 - (256 % end)) return byte % end;
  }
}

function deriveKey(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same letters, however they were typed.
    const text = password.normalize('NFKC');
    scrypt(text, salt, keyBytes, { ...options, maxmem: 128 * 1_024 * 1_024 }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
