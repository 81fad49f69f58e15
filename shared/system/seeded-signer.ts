import { isSignature } from '../domain/signature.ts';
import type { HeadSigner } from '../ports/identity.ts';
import { Ed25519Signer } from './ed25519-signer.ts';
import { type KeySource, keyFrom } from './key-source.ts';

/** What stands before the seed in a private key of Ed25519 (PKCS #8, DER; RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs with the Ed25519 key pair that 32 bytes stand for, wherever they come from. */
export class SeededSigner implements HeadSigner {
  readonly #seed: KeySource;
  #signer: { readonly seed: string; readonly signer: Ed25519Signer } | undefined;

  constructor(seed: KeySource) {
    this.#seed = seed;
  }

  async sign(message: string): Promise<{ readonly key: string; readonly value: string }> {
    const seed = Buffer.from(await keyFrom(this.#seed)).toString('base64');
    if (this.#signer?.seed !== seed) this.#signer = { seed, signer: new Ed25519Signer(privateKeyOf(seed)) };
    return this.#signer.signer.sign(message);
  }

  verify(message: string, signature: { readonly key: string; readonly value: string }): boolean {
    return isSignature(message, signature);
  }
}

/** `seed`: 32 bytes, base64. */
function privateKeyOf(seed: string): string {
  const bytes = Buffer.from(seed, 'base64');
  if (bytes.byteLength !== 32) throw new Error('The seed of a signing key has 32 bytes.');
  const text = Buffer.concat([pkcs8, bytes]).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----\n`;
}
