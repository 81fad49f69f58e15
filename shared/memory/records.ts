import type { RecordChange } from '../domain/audit/records.ts';
import type { Records, TenantRecords } from '../ports/records.ts';
import type { MemoryDisk, OpenDisk } from './disk.ts';
import { copy } from './put-projection.ts';
import { replaceRecord } from './put-record.ts';

/** Records in memory. */
export class MemoryRecords implements Records {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantRecords {
    const rows = (kind: string) => this.#disk.read((disk) => sorted(disk.tenant(tenant).records.get(kind)));
    return {
      get: async (kind, id) => (await rows(kind)).find(([known]) => known === id)?.[1],
      list: async (kind, { after, limit } = { after: '', limit: Number.POSITIVE_INFINITY }) =>
        (await rows(kind))
          .filter(([id]) => id > after)
          .slice(0, limit)
          .map(([, row]) => row),
    } as TenantRecords;
  }

  find: Records['find'] = async (kind, id) =>
    (await this.#everywhere(kind)).find(([known]) => known === id)?.[1] as never;

  all: Records['all'] = async (kind, { after, limit }) =>
    (await this.#everywhere(kind))
      .filter(([id]) => id > after)
      .slice(0, limit)
      .map(([, row]) => row) as never;

  async replaceAll(changes: AsyncIterable<RecordChange>): Promise<void> {
    const all: RecordChange[] = [];
    for await (const change of changes) all.push(copy(change));
    await this.#disk.write((disk) => {
      for (const [, { records }] of disk.tenants()) records.clear();
      for (const change of all) replaceRecord(disk.tenant(change.tenant), change);
    });
  }

  #everywhere(kind: string): Promise<[string, object][]> {
    const read = (disk: MemoryDisk) =>
      [...disk.tenants()].flatMap(([, { records }]) => sorted(records.get(kind)));
    return this.#disk.read((disk) => read(disk).sort(byId));
  }
}

function sorted(rows: ReadonlyMap<string, object> | undefined): [string, object][] {
  return [...(rows ?? [])].map(([id, row]): [string, object] => [id, copy(row)]).sort(byId);
}

const byId = ([a]: [string, object], [b]: [string, object]): number => (a < b ? -1 : 1);
