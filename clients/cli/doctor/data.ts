import {
  accessSync,
  closeSync,
  constants,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { tokenPath } from '../discovery/server-file.ts';
import { fileProblem } from '../saving/file-problem.ts';
import { size } from '../terminal/units.ts';
import type { Finding } from './check.ts';

/** Less free space than this, in bytes, will not last. */
const littleSpace = 500_000_000;

/** A median above this, in milliseconds, makes every operation slow. */
const slowSyncMs = 20;

const syncs = 21;

/** Whether the data folder, or the one it would be made in, can be used by us and by nobody else. */
export function checkFolder(data: string): Finding {
  const remedy = 'Give yourself read and write permission, or choose another folder with --data.';
  const existing = nearestExisting(data);
  try {
    accessSync(existing, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return { ok: false, found: `${existing} cannot be written`, remedy };
  }
  if (existing !== data) return { ok: true, found: `${data}, made by the first start` };
  if (process.platform === 'win32' || (statSync(data).mode & 0o077) === 0) return { ok: true, found: data };
  return { ok: false, found: `${data} can be read by others`, remedy: `Run \`chmod 700 ${data}\`.` };
}

export function checkSpace(data: string): Finding {
  const { bavail, bsize } = statfsSync(nearestExisting(data));
  const free = bavail * bsize;
  const check = { ok: free >= littleSpace, found: `${size(free)} free` };
  return check.ok ? check : { ...check, remedy: 'Free some space, or choose another disk with --data.' };
}

/** How long the disk takes to keep something: every recorded step waits for it. */
export function checkSync(data: string): Finding {
  const median = medianSyncMs(nearestExisting(data));
  const found = `${median.toFixed(2)} ms for a write that is kept (median of ${syncs})`;
  if (median <= slowSyncMs) return { ok: true, found };
  return { ok: false, found, remedy: 'Use a local disk for --data: on this one every step is slow.' };
}

function medianSyncMs(parent: string): number {
  const place = writable(parent) ? parent : tmpdir();
  try {
    const folder = mkdtempSync(join(place, 'tandem-doctor-'));
    try {
      return medianSyncIn(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  } catch (error) {
    throw fileProblem(error, place);
  }
}

function medianSyncIn(folder: string): number {
  const file = openSync(join(folder, 'sync'), 'w');
  try {
    const block = Buffer.alloc(4_096, 1);
    const times = Array.from({ length: syncs }, () => {
      const started = performance.now();
      writeSync(file, block);
      fdatasyncSync(file);
      return performance.now() - started;
    });
    return times.sort((one, other) => one - other)[(syncs - 1) / 2] ?? 0;
  } finally {
    closeSync(file);
  }
}

/** The token that commands show to the server. */
export function checkToken(data: string): Finding {
  const path = tokenPath(data);
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      return { ok: true, found: 'made by the first start' };
    return { ok: false, found: `${path} cannot be read`, remedy: 'Give yourself read permission.' };
  }
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return { ok: true, found: path };
  return { ok: false, found: `${path} can be read by others`, remedy: `Run \`chmod 600 ${path}\`.` };
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function nearestExisting(path: string): string {
  try {
    statSync(path);
    return path;
  } catch {
    return path === dirname(path) ? path : nearestExisting(dirname(path));
  }
}
