import type { Append } from '../../shared/ports/event-log.ts';

/** A call of a port that the store serves. */
export interface StoreCall {
  readonly port: string;
  readonly method: string;
  readonly given: readonly unknown[];
}

export interface Units {
  readonly read: number;
  readonly written: number;
}

const kib = 1_024;

/** Names of attributes and keys of an item, besides what it carries, in bytes. */
const keyBytes = 200;

/** Index copies of an item: each is written as the item is. */
const indexes: Readonly<Record<string, number>> = { run: 1, approval: 1, artifact: 0, due: 1, ended: 1 };

/** Methods that write one item. */
const writes = new Set(['put', 'delete', 'reschedule', 'saveSnapshot', 'noteUnnamed', 'forgetUnnamed']);

/** The request units of DynamoDB that a call is charged with. */
export function storeUnits({ method, given }: StoreCall, answer: unknown): Units {
  if (method === 'append') return { read: 0, written: transactionUnits(given[0] as Append) };
  if (writes.has(method)) return { read: 0, written: writeUnits(given[0]) };
  return { read: Math.max(1, Math.ceil(bytesOf(answer) / (4 * kib))), written: 0 };
}

/** In a transaction an item costs twice; copies in indexes do not. */
function transactionUnits({ events, head, projections, idempotency, deliveries = [] }: Append): number {
  const items = [...events, head, ...projections.map(({ row }) => row), ...deliveries];
  const copies = projections.flatMap(({ kind, row }) =>
    Array.from({ length: indexes[kind] ?? 0 }, () => row),
  );
  const all = [...items, ...(idempotency ? [idempotency] : [])];
  return (
    2 * all.reduce((sum, item) => sum + writeUnits(item), 0) +
    copies.reduce((sum, row) => sum + writeUnits(row), 0)
  );
}

const writeUnits = (item: unknown): number => Math.ceil((keyBytes + bytesOf(item)) / kib);

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null) ?? '');
