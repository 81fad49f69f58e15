import { deliveriesOf } from '../domain/webhooks/delivery.ts';
import type { Disposal, EndedRun, EventErasure, TenantDisposal } from '../ports/disposal.ts';
import type { MemoryDisk, OpenDisk, TenantDisk } from './disk.ts';
import { copy, putProjection } from './put-projection.ts';

/** Takes runs and payloads out of memory. */
export class MemoryDisposal implements Disposal {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantDisposal {
    const read = <T>(query: (disk: TenantDisk) => T) => this.#disk.read((disk) => query(disk.tenant(tenant)));
    const write = (change: (disk: TenantDisk) => void) =>
      this.#disk.write((disk) => change(disk.tenant(tenant)));
    return {
      ended: (before, limit) =>
        read(({ ended, due }) =>
          [...ended.values()]
            .filter((row) => row.removeAt === undefined && row.endedAt <= before && !due.has(row.run))
            .sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1))
            .slice(0, limit)
            .map(({ run }) => ({ tenant, run })),
        ),
      erase: (erasure) => {
        const copied = copy(erasure);
        return this.#disk.write((disk) => erase(disk, tenant, copied));
      },
      remove: (run) => write((disk) => remove(disk, run)),
      noteUnnamed: (blobs) =>
        write(({ unnamed }) => {
          for (const digest of blobs) unnamed.add(digest);
        }),
      unnamed: (limit) => read(({ unnamed }) => [...unnamed].sort().slice(0, limit)),
      forgetUnnamed: (blobs) =>
        write(({ unnamed }) => {
          for (const digest of blobs) unnamed.delete(digest);
        }),
    };
  }

  expired(now: string, limit: number): Promise<readonly EndedRun[]> {
    return this.#disk.read((disk) =>
      [...disk.tenants()]
        .flatMap(([, { ended, due }]) => [...ended.values()].filter(({ run }) => !due.has(run)))
        .flatMap(({ tenant, run, removeAt }) =>
          removeAt !== undefined && removeAt <= now ? [{ tenant, run, removeAt }] : [],
        )
        .sort((a, b) => (a.removeAt < b.removeAt ? -1 : 1))
        .slice(0, limit)
        .map(({ tenant, run }) => ({ tenant, run })),
    );
  }

  tenantsWithUnnamed(): Promise<readonly string[]> {
    return this.#disk.read((disk) =>
      [...disk.tenants()]
        .filter(([, { unnamed }]) => unnamed.size > 0)
        .map(([tenant]) => tenant)
        .sort(),
    );
  }

  async settle(): Promise<boolean> {
    return true;
  }
}

function erase(
  disk: MemoryDisk,
  tenant: string,
  { run, event, projections, told, blobs }: EventErasure,
): void {
  const stored = disk.tenant(tenant);
  const log = stored.logs.get(run);
  if (log) {
    log.events[event.seq - 1] = JSON.stringify(event);
    delete log.snapshot;
  }
  const gone = told.map(deliveriesOf);
  for (const deliveries of stored.deliveries.values())
    for (const id of deliveries.keys()) if (gone.some((start) => id.startsWith(start))) deliveries.delete(id);
  forgetRows(stored, run);
  for (const change of projections) if (change.kind !== 'due') putProjection(disk, change);
  for (const digest of blobs) stored.unnamed.add(digest);
}

function remove(disk: TenantDisk, run: string): void {
  forgetRows(disk, run);
  for (const rows of [disk.logs, disk.tokens, disk.due, disk.ended]) rows.delete(run);
  for (const deliveries of disk.deliveries.values())
    for (const [id, delivery] of deliveries) if (delivery.run === run) deliveries.delete(id);
}

function forgetRows({ runs, approvals, artifacts, idempotency }: TenantDisk, run: string): void {
  runs.delete(run);
  artifacts.delete(run);
  for (const [id, row] of approvals) if (row.run === run) approvals.delete(id);
  for (const [key, { resource }] of idempotency) if (resource === run) idempotency.delete(key);
}
