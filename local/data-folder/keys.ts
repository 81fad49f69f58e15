import { createPrivateKey, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';
import { generateSigningKey } from '../../shared/system/ed25519-signer.ts';
import type { DataFolder } from './data-folder.ts';
import { folderError } from './folder-error.ts';
import { writePrivateFile } from './private-file.ts';

/** The secrets of an embedded twin: made on its first start, readable by its owner only. */
export interface Keys {
  /** Signs the heads of ended runs: Ed25519, PEM. */
  readonly heads: string;
  /** Signs tickets. */
  readonly tickets: Buffer;
  /** Signs the addresses of blobs. */
  readonly addresses: Buffer;
  /** What the secrets of webhooks are derived from. */
  readonly webhooks: Buffer;
}

/** Bytes of a secret. */
const secretBytes = 32;

/** Throws `data.damaged` for a key that cannot be used; without it, what it has signed could not be checked. */
export async function openKeys(folder: DataFolder): Promise<Keys> {
  const [heads, tickets, addresses, webhooks] = await Promise.all([
    openKey(join(folder.keys, 'heads.pem'), { make: generateSigningKey, read: signingKey }),
    openKey(join(folder.keys, 'tickets'), { make: newSecret, read: secret }),
    openKey(join(folder.keys, 'addresses'), { make: newSecret, read: secret }),
    openKey(join(folder.keys, 'webhooks'), { make: newSecret, read: secret }),
  ]);
  return { heads, tickets, addresses, webhooks };
}

interface KeyKind<Key> {
  readonly make: () => string;
  /** Throws when the text is no such key. */
  readonly read: (text: string) => Key;
}

async function openKey<Key>(path: string, { make, read }: KeyKind<Key>): Promise<Key> {
  if (!existsSync(path)) await writePrivateFile(path, make());
  const text = readKey(path);
  try {
    return read(text);
  } catch (cause) {
    throw new TandemError('data.damaged', { message: `${path} does not hold a key`, cause });
  }
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw folderError(error, path);
  }
}

function signingKey(pem: string): string {
  createPrivateKey(pem);
  return pem;
}

function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

function secret(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== secretBytes) throw new RangeError(`A secret has ${secretBytes} bytes`);
  return bytes;
}
