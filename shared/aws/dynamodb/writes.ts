import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, type ItemKey, keyOf, writeSize } from './items.ts';
import type { Client } from './store.ts';

/** One write of a transaction. */
export type Write = TransactWriteItem;

/** What must be so for a write to happen. Names stand as `#name`, values as `:name`. */
export interface Condition {
  readonly that: string;
  readonly names?: readonly string[];
  readonly values?: Readonly<Record<string, AttributeValue>>;
}

/** What an update does to the attributes of an item. */
export interface Patch {
  readonly set?: Readonly<Record<string, AttributeValue>>;
  /** Set unless the attribute is there. */
  readonly setOnce?: Readonly<Record<string, AttributeValue>>;
  readonly remove?: readonly string[];
}

/** What one transaction may hold: items, and bytes with some to spare of the 4 MB. */
const most = { items: 100, bytes: 3_900_000 } as const;

/** Whether one transaction can do all of it. */
export function fits(writes: readonly Write[]): boolean {
  const size = writes.reduce((sum, write) => sum + writeSize(write), 0);
  return writes.length <= most.items && size <= most.bytes;
}

export function put(table: string, item: Item, condition?: Condition): Write {
  return { Put: { TableName: table, Item: item, ...conditional(condition) } };
}

export function remove(table: string, key: ItemKey, condition?: Condition): Write {
  return { Delete: { TableName: table, Key: keyOf(key), ...conditional(condition) } };
}

export function check(table: string, key: ItemKey, condition: Condition): Write {
  return {
    ConditionCheck: {
      TableName: table,
      Key: keyOf(key),
      ConditionExpression: condition.that,
      ...conditional(condition),
    },
  };
}

export function update(table: string, key: ItemKey, patch: Patch, condition?: Condition): Write {
  const { set = {}, setOnce = {}, remove: gone = [] } = patch;
  const sets = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  const expression = [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`] : []),
  ].join(' ');
  const values = { ...set, ...setOnce };
  return {
    Update: {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: expression,
      ...conditional(condition),
      ...expressions([...Object.keys(values), ...gone, ...(condition?.names ?? [])], {
        ...values,
        ...condition?.values,
      }),
    },
  };
}

/** The parts of a request that carry a condition; who fails it is told what was there. */
export function conditional(condition: Condition | undefined) {
  if (!condition) return {};
  return {
    ConditionExpression: condition.that,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ...expressions(condition.names ?? [], condition.values ?? {}),
  };
}

/** Names and values of an expression; values are given without the colon. */
export function expressions(
  names: readonly string[],
  values: Readonly<Record<string, AttributeValue>>,
): Pick<NonNullable<TransactWriteItem['Put']>, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> {
  const named = Object.fromEntries(names.map((name) => [`#${name}`, name]));
  const valued = Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value]));
  return {
    ...(names.length > 0 ? { ExpressionAttributeNames: named } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: valued } : {}),
  };
}

/** That nothing is there under the key. */
export const absent: Condition = { that: 'attribute_not_exists(pk)' };
export const present: Condition = { that: 'attribute_exists(pk)' };

export async function transact(client: Client, writes: readonly Write[], token: string): Promise<void> {
  await client.send(new TransactWriteItemsCommand({ TransactItems: [...writes], ClientRequestToken: token }));
}

/** A write by itself: half the price of a transaction. */
export async function sendWrite(client: Client, { Put, Update, Delete }: Write): Promise<void> {
  if (Put) await client.send(new PutItemCommand(Put));
  else if (Update) await client.send(new UpdateItemCommand(Update));
  else if (Delete) await client.send(new DeleteItemCommand(Delete));
}
