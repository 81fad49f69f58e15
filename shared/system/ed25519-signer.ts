import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { isSignature } from '../domain/signature.ts';
import type { HeadSigner } from '../ports/identity.ts';

const signInThread = promisify(sign);

/** A new private key (PKCS #8, PEM) for {@link Ed25519Signer}. */
export function generateSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Signs with one Ed25519 key pair. A signature's `key` is the public key itself (32 bytes, base64url), so that it can be
 * verified offline; whether that key is to be trusted is for the reader to decide.
 */
export class Ed25519Signer implements HeadSigner {
  readonly #privateKey: KeyObject;
  /** The public key, as it stands in every signature. */
  readonly key: string;

  constructor(privateKeyPem: string) {
    this.#privateKey = createPrivateKey(privateKeyPem);
    this.key = String(createPublicKey(this.#privateKey).export({ format: 'jwk' }).x);
  }

  /** Off the main thread: a signature takes as long as everything else that an append does here. */
  async sign(message: string): Promise<{ readonly key: string; readonly value: string }> {
    const value = await signInThread(null, Buffer.from(message), this.#privateKey);
    return { key: this.key, value: value.toString('base64url') };
  }

  verify(message: string, signature: { readonly key: string; readonly value: string }): boolean {
    return isSignature(message, signature);
  }
}
