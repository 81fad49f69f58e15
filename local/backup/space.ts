import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { TandemError } from '../../shared/errors/tandem-error.ts';

/** Bytes that are left free besides. */
const spare = 16 * 1024 * 1024;

/** Throws `data.full` where `bytes` more do not fit below a path, which need not be there yet. */
export async function assertSpace(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await freeAt(resolve(path));
  const free = Number(bavail) * Number(bsize);
  if (free >= bytes + spare) return;
  throw new TandemError('data.full', {
    message: `${path} needs ${megabytes(bytes)} MB and ${megabytes(free)} MB are free`,
    details: { needed: bytes, free },
  });
}

async function freeAt(path: string): Promise<Awaited<ReturnType<typeof statfs>>> {
  try {
    return await statfs(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return freeAt(dirname(path));
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
