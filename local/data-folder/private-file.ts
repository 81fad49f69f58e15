import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeDurably } from '../../shared/files/durable-write.ts';
import { nodeFileSystem } from '../../shared/files/file-system.ts';

/**
 * Writes a file that only its owner may read (mode 0600), whole or not at all. Makes the folder (mode 0700) when it is
 * missing.
 */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  await writeDurably(nodeFileSystem, { path, bytes: Buffer.from(text), temporary });
}
