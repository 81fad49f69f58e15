import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Item, text } from './items.ts';
import { type Pacing, patiently } from './retries.ts';
import type { Client } from './store.ts';
import type { IndexSchema } from './table.ts';
import { expressions } from './writes.ts';

/** A stretch of one partition, of a table or an index, in the order of its sort keys. */
export interface Query {
  readonly table: string;
  /** Without one, the table itself. */
  readonly index?: IndexSchema;
  readonly partition: string;
  /** From the first to the second, both included. */
  readonly between?: readonly [string, string];
  /** After this one. */
  readonly above?: string;
  /** Before this one. */
  readonly below?: string;
  readonly newestFirst?: boolean;
  /** Items that are asked for at a time. */
  readonly atATime?: number;
  /** Only those without this attribute. */
  readonly without?: string;
}

export async function* queryPages(
  client: Client,
  pacing: Pacing,
  query: Query,
): AsyncGenerator<readonly Item[]> {
  const request = requestOf(query);
  let start: Item | undefined;
  do {
    const command = new QueryCommand({ ...request, ...(start ? { ExclusiveStartKey: start } : {}) });
    const { Items = [], LastEvaluatedKey } = await patiently(pacing, () => client.send(command));
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}

/** The keys of every item of a table. */
export async function* scanPages(
  client: Client,
  pacing: Pacing,
  table: string,
): AsyncGenerator<readonly Item[]> {
  let start: Item | undefined;
  do {
    const command = new ScanCommand({
      TableName: table,
      ProjectionExpression: 'pk, sk',
      ConsistentRead: true,
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    const { Items = [], LastEvaluatedKey } = await patiently(pacing, () => client.send(command));
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}

function requestOf(query: Query) {
  const { table, index, partition, newestFirst = false, atATime, without } = query;
  const { condition, values } = stretch(query);
  const names = [index?.partitionKey ?? 'pk', ...(condition === undefined ? [] : [sortKeyOf(index)])];
  const [partitionKey] = names;
  return {
    TableName: table,
    ...(index ? { IndexName: index.name } : { ConsistentRead: true }),
    KeyConditionExpression: `#${partitionKey} = :partition${condition === undefined ? '' : ` AND ${condition}`}`,
    ...(without === undefined ? {} : { FilterExpression: `attribute_not_exists(#${without})` }),
    ...expressions([...names, ...(without === undefined ? [] : [without])], {
      partition: text(partition),
      ...values,
    }),
    ScanIndexForward: !newestFirst,
    ...(atATime === undefined ? {} : { Limit: atATime }),
  };
}

function stretch({ index, between, above, below }: Query) {
  const name = `#${sortKeyOf(index)}`;
  if (between) {
    const [from, to] = between;
    return { condition: `${name} BETWEEN :from AND :to`, values: { from: text(from), to: text(to) } };
  }
  if (above !== undefined) return { condition: `${name} > :above`, values: { above: text(above) } };
  if (below !== undefined) return { condition: `${name} < :below`, values: { below: text(below) } };
  return { values: {} };
}

const sortKeyOf = (index: IndexSchema | undefined): string => (index ? (index.sortKey ?? '') : 'sk');
