import { decodeCursor, pageOf } from '../domain/paging.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';
import type { DeliveryFilter, Lane, Outbox, TenantOutbox } from '../ports/outbox.ts';
import type { Page } from '../ports/projections.ts';
import type { MemoryDisk, OpenDisk } from './disk.ts';
import { putDelivery } from './put-delivery.ts';
import { copy } from './put-projection.ts';

/** What webhooks are sent, in memory. */
export class MemoryOutbox implements Outbox {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantOutbox {
    const of = (webhook: string): Promise<Delivery[]> =>
      this.#disk.read((disk) => [...(disk.tenant(tenant).deliveries.get(webhook)?.values() ?? [])].map(copy));
    return {
      get: async (webhook, id) => (await of(webhook)).find(({ delivery }) => delivery === id),
      list: async (webhook, filter) => page(await of(webhook), filter),
      due: async (webhook, before, limit) =>
        (await of(webhook))
          .filter(({ dueAt }) => dueAt !== undefined && dueAt <= before)
          .sort(byDueTime)
          .slice(0, limit),
      put: (delivery) => {
        const copied = copy(delivery);
        return this.#disk.write((disk) => putDelivery(disk.tenant(tenant), copied));
      },
      removeAll: (webhook) => this.#disk.write((disk) => void disk.tenant(tenant).deliveries.delete(webhook)),
    };
  }

  lanes(): Promise<readonly Lane[]> {
    return this.#disk.read((disk) => {
      const earliest = new Map<string, Lane>();
      for (const { tenant, webhook, dueAt } of all(disk)) {
        if (dueAt === undefined) continue;
        const key = JSON.stringify([tenant, webhook]);
        const known = earliest.get(key);
        if (!known || dueAt < known.dueAt) earliest.set(key, { tenant, webhook, dueAt });
      }
      return [...earliest.values()].sort((a, b) => order([a.tenant, a.webhook], [b.tenant, b.webhook]));
    });
  }

  prune(before: string): Promise<number> {
    return this.#disk.write((disk) => {
      const old = all(disk).filter(({ dueAt, createdAt }) => dueAt === undefined && createdAt < before);
      for (const { tenant, webhook, delivery } of old) {
        disk.tenant(tenant).deliveries.get(webhook)?.delete(delivery);
      }
      return old.length;
    });
  }
}

function all(disk: MemoryDisk): Delivery[] {
  return [...disk.tenants()].flatMap(([, { deliveries }]) =>
    [...deliveries.values()].flatMap((ofWebhook) => [...ofWebhook.values()]),
  );
}

function page(deliveries: readonly Delivery[], { status, limit, cursor }: DeliveryFilter): Page<Delivery> {
  const [after] = cursor === undefined ? [] : decodeCursor(cursor, 1);
  const older = deliveries.filter(({ delivery }) => after === undefined || delivery < after);
  const newestFirst = older.sort((a, b) => order([b.delivery], [a.delivery]));
  return pageOf(newestFirst, {
    ...(limit === undefined ? {} : { limit }),
    key: ({ delivery }) => [delivery],
    matches: (delivery) => status === undefined || delivery.status === status,
    size: ({ body }) => body.length,
    read: (delivery) => delivery,
  });
}

const byDueTime = (a: Delivery, b: Delivery): number => order([a.dueAt ?? ''], [b.dueAt ?? '']);

function order(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : Number(left > right);
}
