import type { AgentVersion, RecordChange, RecordKind } from '../../domain/audit/records.ts';
import { type Item, type ItemKey, text } from './items.ts';
import { partitions, place, sorted } from './keys.ts';
import { put, remove, update, type Write } from './writes.ts';

/** Kinds that are looked through across all tenants. */
const everywhere: ReadonlySet<RecordKind> = new Set(['tenant', 'unsettled', 'retention']);

/** Where the row of a record stands: with its tenant's, and once more where nobody knows the tenant. */
export function recordKeys({
  kind,
  tenant,
  id,
}: Pick<RecordChange, 'kind' | 'tenant' | 'id'>): readonly Required<ItemKey>[] {
  const keys = [{ pk: partitions.records(tenant), sk: sorted(kind, id) }];
  if (everywhere.has(kind)) keys.push({ pk: partitions.everywhere(kind), sk: `${id}#${tenant}` });
  if (kind === 'key') keys.push(apiKeyKey(id));
  return keys;
}

/** Where an API key is found by its id alone: a partition each, as every request of its holder reads it. */
export const apiKeyKey = (id: string): Required<ItemKey> => ({ pk: partitions.apiKey(id), sk: 'key' });

export const versionKey = (tenant: string, agent: string, number: string): Required<ItemKey> => ({
  pk: partitions.versions(tenant),
  sk: sorted(agent, number),
});

/** What becomes of the records with an append to the audit log; of two changes of one record, the later counts. */
export function recordWrites(table: string, changes: readonly RecordChange[], seq: number): readonly Write[] {
  const writes = new Map<string, Write>();
  for (const [index, change] of changes.entries()) {
    if (change.kind === 'version') {
      if (!change.row) continue;
      const key = versionKey(change.tenant, change.row.agent, change.row.number);
      const name = JSON.stringify(key);
      // What was published stays as it was.
      const setOnce = versionAttributes(change.row, `0 ${place(seq)} ${place(index)}`);
      if (!writes.has(name)) writes.set(name, update(table, key, { setOnce }));
      continue;
    }
    for (const key of recordKeys(change)) {
      const write =
        change.row === null
          ? remove(table, key)
          : put(table, { ...asItem(key), ...recordAttributes(change.row) });
      writes.set(JSON.stringify(key), write);
    }
  }
  return [...writes.values()];
}

/** Attributes of a version; `published` puts those of the same moment into their order. */
export function versionAttributes(row: AgentVersion, published: string): Item {
  return { row: text(JSON.stringify(row)), published: text(`${row.publishedAt} ${published}`) };
}

export const recordAttributes = (row: object): Item => ({ row: text(JSON.stringify(row)) });

export const asItem = ({ pk, sk }: Required<ItemKey>): Item => ({ pk: text(pk), sk: text(sk) });
