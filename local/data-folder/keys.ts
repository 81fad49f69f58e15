import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSigningKey } from '../../shared/system/ed25519-signer.ts';
import { writePrivateFile } from '../identity/private-file.ts';
import type { DataFolder } from './data-folder.ts';

/** The secrets of an embedded twin: made on its first start, readable by its owner only. */
export interface Keys {
  /** Signs the heads of ended runs: Ed25519, PEM. */
  readonly heads: string;
  /** Signs tickets. */
  readonly tickets: Buffer;
  /** Signs the addresses of blobs. */
  readonly addresses: Buffer;
}

export async function openKeys(folder: DataFolder): Promise<Keys> {
  const secret = () => randomBytes(32).toString('base64url');
  const [heads, tickets, addresses] = await Promise.all([
    openKey(join(folder.keys, 'heads.pem'), generateSigningKey),
    openKey(join(folder.keys, 'tickets'), secret),
    openKey(join(folder.keys, 'addresses'), secret),
  ]);
  return {
    heads,
    tickets: Buffer.from(tickets, 'base64url'),
    addresses: Buffer.from(addresses, 'base64url'),
  };
}

async function openKey(path: string, make: () => string): Promise<string> {
  if (!existsSync(path)) await writePrivateFile(path, make());
  return readFileSync(path, 'utf8');
}
