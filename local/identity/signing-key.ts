import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../shared/domain/json.ts';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { writePrivateFile } from '../data-folder/private-file.ts';

/** The key pair of the local issuer. */
export interface SigningKey {
  /** Thumbprint of the public key (RFC 7638). */
  readonly id: string;
  readonly private: KeyObject;
  /** The public half as it stands in the key set. */
  readonly jwk: JsonObject;
}

/** The key in `folder`, made on the first start (RSA, 2,048 bits); readable by its owner only. */
export async function openSigningKey(folder: string): Promise<SigningKey> {
  const path = join(folder, 'signing-key.pem');
  const stored = await readFile(path, 'utf-8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unusable('data.permission', path, error);
  });
  if (stored !== undefined) {
    await closeToOthers(path);
    return signingKeyOf(stored, path);
  }
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writePrivateFile(path, pem).catch((error: unknown) => {
    throw unusable('data.permission', path, error);
  });
  return signingKeyOf(pem, path);
}

function signingKeyOf(pem: string, path: string): SigningKey {
  try {
    const key = createPrivateKey(pem);
    const { n, e } = createPublicKey(key).export({ format: 'jwk' }) as Required<JsonWebKey>;
    const id = createHash('sha256')
      .update(JSON.stringify({ e, kty: 'RSA', n }))
      .digest('base64url');
    return { id, private: key, jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid: id, n, e } };
  } catch (error) {
    throw unusable('data.damaged', path, error);
  }
}

/** A copied data folder may have lost its modes. */
async function closeToOthers(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) await chmod(path, 0o600);
}

function unusable(code: 'data.permission' | 'data.damaged', path: string, cause: unknown): TandemError {
  return new TandemError(code, {
    message: `The issuer's signing key in ${path} cannot be used`,
    details: { path },
    cause,
  });
}
