import { createHash } from 'node:crypto';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { IdempotencyRecord } from '../../ports/event-log.ts';
import { type Item, number, text, textOf } from './items.ts';
import { joined } from './keys.ts';
import type { DynamoStore } from './store.ts';
import { resourceIndex } from './table.ts';
import { put, type Write } from './writes.ts';

/** How long a key is kept at least, in milliseconds by the clock of who puts it: twice as long as it counts. */
const keptMs = 2 * limits.idempotencyMs;

/** Keys of clients are of any length, so a digest stands for them. */
const keyFor = (tenant: string, key: string): { readonly pk: string } => ({
  pk: joined('idempotency', tenant, createHash('sha256').update(key).digest('hex')),
});

const keysOf = (tenant: string, resource: string): string => joined('idempotency', tenant, resource);

/** Takes a key that is free, or older than a day. */
export function takeKey(store: DynamoStore, tenant: string, record: IdempotencyRecord): Write {
  const { key, body, resource, at } = record;
  const item: Item = {
    pk: text(keyFor(tenant, key).pk),
    key: text(key),
    body: text(body),
    resource: text(resource),
    at: text(at),
    byResource: text(keysOf(tenant, resource)),
    expires: number(Math.ceil((store.now() + keptMs) / 1_000)),
  };
  const expired = new Date(Date.parse(at) - limits.idempotencyMs).toISOString();
  return put(store.passing, item, {
    that: 'attribute_not_exists(pk) OR #at <= :expired',
    names: ['at'],
    values: { expired: text(expired) },
  });
}

/** What to throw when a key was taken already. */
export function takenKey(item: Item): TandemError {
  const details = { resource: textOf(item, 'resource'), body: textOf(item, 'body') };
  return new TandemError('idempotency.conflict', { details });
}

export async function findKey(
  store: DynamoStore,
  tenant: string,
  key: string,
): Promise<IdempotencyRecord | undefined> {
  const item = await store.get(store.passing, keyFor(tenant, key));
  if (!item) return undefined;
  return { key, body: textOf(item, 'body'), resource: textOf(item, 'resource'), at: textOf(item, 'at') };
}

/** Forgets the keys that stand for something. */
export async function forgetKeys(store: DynamoStore, tenant: string, resource: string): Promise<void> {
  const query = { table: store.passing, index: resourceIndex, partition: keysOf(tenant, resource) };
  for await (const page of store.pages(query))
    await store.writeAll(
      store.passing,
      page.map((item) => ({ remove: { pk: textOf(item, 'pk') } })),
    );
}
