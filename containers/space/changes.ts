import type { ChangedFile, InputFile } from '../../shared/protocol/report.ts';
import type { FoundFile } from './scan-folder.ts';

/** Windows keeps no permission to execute: there, files keep the one they came with. */
const keepsMode = process.platform !== 'win32';

/** What a command changed: what it found compared with what it left, sorted by path. */
export function changesBetween(
  before: ReadonlyMap<string, InputFile>,
  after: ReadonlyMap<string, FoundFile>,
): ChangedFile[] {
  const changed: ChangedFile[] = [];
  for (const { path, digest, size, executable } of after.values()) {
    const old = before.get(path);
    const canExecute = keepsMode ? executable : old?.executable === true;
    if (old?.digest === digest && (old.executable === true) === canExecute) continue;
    changed.push(canExecute ? { path, digest, size, executable: true } : { path, digest, size });
  }
  for (const path of before.keys()) {
    if (!after.has(path)) changed.push({ path, deleted: true });
  }
  return changed.sort((a, b) => (a.path < b.path ? -1 : 1));
}
