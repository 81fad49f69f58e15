import { limits } from '../domain/limits.ts';
import { pageOfTexts, wantedEvents } from '../domain/page-of-texts.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { AuditAppend, AuditLog, TenantAuditLog } from '../ports/audit-log.ts';
import type { OpenDisk, TenantDisk } from './disk.ts';
import { putDelivery } from './put-delivery.ts';
import { copy } from './put-projection.ts';
import { putRecord } from './put-record.ts';

/** The audit logs in memory: for tests and simulation. */
export class MemoryAuditLog implements AuditLog {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  async *tenants(): AsyncGenerator<string> {
    const logs = await this.#disk.read((disk) =>
      [...disk.tenants()].filter(([, { audit }]) => audit.head).map(([tenant]) => tenant),
    );
    yield* logs.sort();
  }

  forTenant(tenant: string): TenantAuditLog {
    return {
      append: async (append) => {
        const copied = copy(append);
        await this.#disk.write((disk) => write(disk.tenant(tenant), copied));
      },
      read: (after, limit = limits.pageEvents) =>
        this.#disk.read((disk) => {
          const { events } = disk.tenant(tenant).audit;
          const { texts, more } = pageOfTexts(events.slice(after), wantedEvents(limit));
          return { events: texts.map((text) => JSON.parse(text)), more };
        }),
      head: () => this.#disk.read((disk) => copied(disk.tenant(tenant).audit.head)),
    };
  }
}

function write(disk: TenantDisk, { expected, events, head, records, deliveries = [] }: AuditAppend): void {
  const actual = disk.audit.head?.seq ?? 0;
  if (actual !== expected) throw new TandemError('log.conflict', { details: { expected, actual } });
  disk.audit.head = head;
  disk.audit.events.push(...events.map((event) => JSON.stringify(event)));
  for (const change of records) putRecord(disk, change);
  for (const delivery of deliveries) putDelivery(disk, delivery);
}

function copied<T>(value: T | undefined): T | undefined {
  return value && copy(value);
}
