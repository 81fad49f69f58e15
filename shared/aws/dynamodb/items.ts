import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** What a table finds an item by. */
export interface ItemKey {
  readonly pk: string;
  readonly sk?: string;
}

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const bytes = (value: Uint8Array): AttributeValue => ({ B: value });

/** The text of an attribute; what is not there is empty. */
export const textOf = (item: Item, name: string): string => item[name]?.S ?? '';
/** The number of an attribute; what is not there is 0. */
export const numberOf = (item: Item, name: string): number => Number(item[name]?.N ?? 0);

export function keyOf({ pk, sk }: ItemKey): Item {
  return { pk: text(pk), ...(sk === undefined ? {} : { sk: text(sk) }) };
}

/** Bytes of an item as DynamoDB counts them, a little too many rather than too few. */
export function sizeOf(item: Item | undefined): number {
  let size = 0;
  for (const [name, value] of Object.entries(item ?? {}))
    size += Buffer.byteLength(name) + sizeOfValue(value);
  return size;
}

function sizeOfValue({ S, N, B, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return 21;
  if (B !== undefined) return B.byteLength;
  return (L ?? []).reduce((sum, one) => sum + 4 + sizeOfValue(one), 3);
}

/** Bytes that a write adds to its transaction. */
export function writeSize({ Put, Update, Delete, ConditionCheck }: TransactWriteItem): number {
  return (
    sizeOf(Put?.Item) +
    sizeOf(Update?.Key) +
    sizeOf(Update?.ExpressionAttributeValues) +
    sizeOf(Delete?.Key) +
    sizeOf(ConditionCheck?.Key) +
    100
  );
}
