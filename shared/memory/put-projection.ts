import type { ProjectionChange } from '../domain/projections.ts';
import { entry, type MemoryDisk } from './disk.ts';

/** Puts projection rows; the disk keeps the objects it is given. */
export function putProjection(disk: MemoryDisk, change: ProjectionChange): void {
  const tenant = disk.tenant(change.row.tenant);
  if (change.kind === 'run') {
    tenant.runs.set(change.row.run, change.row);
  } else if (change.kind === 'approval') {
    tenant.approvals.set(change.row.approval, change.row);
  } else if (change.kind === 'artifact') {
    const artifacts = entry(tenant.artifacts, change.row.run, () => new Map());
    artifacts.delete(change.row.name);
    artifacts.set(change.row.name, change.row);
  } else if (change.kind === 'ended') {
    tenant.ended.set(change.row.run, change.row);
  } else if (change.row.checkAt === null) {
    tenant.due.delete(change.row.run);
  } else {
    tenant.due.set(change.row.run, change.row.checkAt);
  }
}

/** A copy by way of JSON, as every real store makes one; throws for what JSON cannot say. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
