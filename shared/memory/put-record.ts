import type { RecordChange } from '../domain/audit/records.ts';
import { entry, type TenantDisk } from './disk.ts';

/** Puts a record; the disk keeps the object it is given. */
export function putRecord(disk: TenantDisk, { kind, id, row }: RecordChange): void {
  if (kind === 'version') {
    if (row && !disk.versions.some(({ agent, number }) => agent === row.agent && number === row.number)) {
      disk.versions.push(row);
    }
    return;
  }
  const rows = entry(disk.records, kind, () => new Map());
  if (row === null) rows.delete(id);
  else rows.set(id, row);
}
