import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import { DynamoEventLog } from '../../shared/aws/dynamodb/event-log.ts';
import { type Item, sizeOf } from '../../shared/aws/dynamodb/items.ts';
import { shardCount } from '../../shared/aws/dynamodb/shards.ts';
import { openDynamoStore } from '../../shared/aws/dynamodb/store.ts';
import { tables } from '../../shared/aws/dynamodb/table.ts';
import type { Write } from '../../shared/aws/dynamodb/writes.ts';
import type { Append } from '../../shared/ports/event-log.ts';

/** A call of a port that the store serves. */
export interface StoreCall {
  readonly port: string;
  readonly method: string;
  readonly given: readonly unknown[];
}

/** Request units of DynamoDB, and how many requests took them. */
export interface Units {
  readonly read: number;
  readonly written: number;
}

const kib = 1_024;

/** Attributes by which an item is in an index. */
const indexKeys = [
  ...new Set(tables.flatMap(({ indexes }) => indexes.map(({ partitionKey }) => partitionKey))),
];

/** Names and keys of an item of which only the content is known here, in bytes. */
const frameBytes = 200;

/** Methods that write one item, in no transaction. */
const writes = new Set(['put', 'delete', 'reschedule', 'saveSnapshot', 'noteUnnamed', 'forgetUnnamed']);

const ofAllTenants = new Set(['due', 'lanes', 'expired', 'prune', 'tally']);

/** The request units that a call is charged with: of an append, those of the very transaction that the adapter makes. */
export async function storeUnits({ port, method, given }: StoreCall, answer: unknown): Promise<Units> {
  if (port === 'log' && method === 'append') {
    return { read: 0, written: await appendUnits(given[0] as Append) };
  }
  // A list of all tenants is asked for in all its parts, through an index: half a unit each.
  if (ofAllTenants.has(method)) return { read: shardCount / 2, written: 0 };
  if (writes.has(method)) return { read: 0, written: units(frameBytes + bytesOf(given[0])) };
  return { read: Math.max(1, Math.ceil(bytesOf(answer) / (4 * kib))), written: 0 };
}

/** A client that takes down what it is to send, and says that all went well. */
async function appendUnits(append: Append): Promise<number> {
  const sent: Write[] = [];
  const client = {
    send: async ({ input }: { input: unknown }) => {
      sent.push(...((input as TransactWriteItemsCommandInput).TransactItems ?? []));
      return {};
    },
  };
  const log = new DynamoEventLog(openDynamoStore({ client: client as never, table: 'cost' }));
  await log.forTenant('test').append(append);
  return sent.reduce((sum, write) => sum + writtenBy(write, append.expected === 0), 0);
}

/** An item costs twice in a transaction; each entry of an index that comes or goes costs once. */
function writtenBy({ Put, Update }: Write, isNew: boolean): number {
  if (Put) return 2 * units(sizeOf(Put.Item)) + (isNew ? indexesOf(Put.Item).length : moved(Put.Item));
  const { Key = {}, ExpressionAttributeValues: values = {}, UpdateExpression = '' } = Update ?? {};
  const set = Object.fromEntries(Object.entries(values).map(([name, value]) => [name.slice(1), value]));
  const gone = indexKeys.filter((key) => UpdateExpression.split('REMOVE ')[1]?.includes(`#${key}`)).length;
  return 2 * units(sizeOf(Key) + sizeOf(set)) + (isNew ? indexesOf(set).length : moved(set)) + gone;
}

/** Of what was there before: an entry goes and another comes where the value is another; most stay as they are. */
function moved(item: Item | undefined): number {
  return indexesOf(item).reduce((sum, key) => sum + (changes[key] ?? 0), 0);
}

const changes: Readonly<Record<string, number>> = { byStatus: 2, byDue: 2, byEnded: 1 };

const indexesOf = (item: Item | undefined): string[] =>
  indexKeys.filter((key) => item !== undefined && key in item);

const units = (bytes: number): number => Math.ceil(bytes / kib);

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null) ?? '');
