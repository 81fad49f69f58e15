import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A signature with the public key that it is good for: both base64url. */
export interface Signature {
  /** Ed25519, 32 bytes. */
  readonly key: string;
  readonly value: string;
}

/** Whether `value` is the Ed25519 signature of `message` by `key`; whether the key is to be trusted is another question. */
export function isSignature(message: string, { key, value }: Signature): boolean {
  const signature = Buffer.from(value, 'base64url');
  if (signature.toString('base64url') !== value) return false;
  const publicKey = publicKeyOf(key);
  return publicKey !== undefined && verify(null, Buffer.from(message), publicKey, signature);
}

function publicKeyOf(key: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
