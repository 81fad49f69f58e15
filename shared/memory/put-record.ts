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

/** As {@link putRecord}; a version that is there already is replaced, and counts as published last. */
export function replaceRecord(disk: TenantDisk, change: RecordChange): void {
  if (change.kind === 'version') {
    const { row } = change;
    const known = disk.versions.findIndex((one) => one.agent === row?.agent && one.number === row?.number);
    if (known >= 0) disk.versions.splice(known, 1);
  }
  putRecord(disk, change);
}
