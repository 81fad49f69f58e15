import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { batchGet, batchWrite, type Change } from './batches.ts';
import { type Item, type ItemKey, keyOf } from './items.ts';
import { type Query, queryPages, scanPages } from './queries.ts';
import { type Pacing, patiently, WriteRefused } from './retries.ts';
import { storeError } from './store-error.ts';
import { logTable, passingTable, tableName } from './table.ts';
import { Turns } from './turns.ts';
import { sendWrite, transact, type Write } from './writes.ts';

/** Of the client, what sends a command. */
export type Client = Pick<DynamoDBClient, 'send'>;

export interface DynamoStoreOptions {
  /** Made from the environment: it alone knows where DynamoDB is. */
  readonly client: Client;
  /** What the names of the tables begin with: `tandem-dev`. */
  readonly table: string;
  /** In [0, 1); for the pauses between attempts. */
  readonly random?: () => number;
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** A fresh name for a transaction, by which DynamoDB knows it when it is sent again. */
  readonly token?: () => string;
  /** Milliseconds since the epoch; tokens and idempotency keys expire by it. */
  readonly now?: () => number;
}

/** The tables of one stage, shared by the adapters of a process. What it throws is in the user's terms. */
export class DynamoStore {
  /** Names of the tables. */
  readonly log: string;
  readonly passing: string;
  readonly turns = new Turns();
  readonly now: () => number;
  readonly #client: Client;
  readonly #prefix: string;
  readonly #pacing: Pacing;
  readonly #token: () => string;

  constructor({ client, table, random, pause, token, now }: DynamoStoreOptions) {
    this.log = tableName(table, logTable);
    this.passing = tableName(table, passingTable);
    this.now = now ?? Date.now;
    this.#client = client;
    this.#prefix = table;
    this.#pacing = {
      random: random ?? Math.random,
      pause: pause ?? (async (milliseconds) => void (await after(milliseconds))),
    };
    this.#token = token ?? randomUUID;
  }

  /** Strongly consistent. */
  get(table: string, key: ItemKey): Promise<Item | undefined> {
    const command = () => new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true });
    return this.#told(async () => (await patiently(this.#pacing, () => this.#client.send(command()))).Item);
  }

  /** Strongly consistent; in the order of the keys, without those that are not there. */
  getAll(table: string, keys: readonly Required<ItemKey>[]): Promise<readonly Item[]> {
    return this.#told(() => batchGet(this.#client, this.#pacing, { table, keys }));
  }

  /** Strongly consistent unless it goes through an index. */
  async *pages(query: Query): AsyncGenerator<readonly Item[]> {
    yield* this.#toldOf(queryPages(this.#client, this.#pacing, query));
  }

  async *items(query: Query): AsyncGenerator<Item> {
    for await (const page of this.pages(query)) yield* page;
  }

  /** Every key of a table: for rebuilding. */
  async *keys(table: string): AsyncGenerator<Required<ItemKey>> {
    for await (const page of this.#toldOf(scanPages(this.#client, this.#pacing, table)))
      for (const { pk, sk } of page) yield { pk: pk?.S ?? '', sk: sk?.S ?? '' };
  }

  /** All of it or nothing, at most 100 items and 4 MB; throws {@link WriteRefused}. */
  transact(writes: readonly Write[]): Promise<void> {
    // The same token each time: what took effect while its answer was lost does so once, and is answered.
    const token = this.#token();
    return this.#told(() => patiently(this.#pacing, () => transact(this.#client, writes, token)));
  }

  /** Whether its condition held. */
  async write(write: Write): Promise<boolean> {
    try {
      await this.#told(() => patiently(this.#pacing, () => sendWrite(this.#client, write)));
      return true;
    } catch (error) {
      if (error instanceof WriteRefused) return false;
      throw error;
    }
  }

  /** Puts and deletes, in no order, some at a time: each for itself. */
  writeAll(table: string, changes: readonly Change[]): Promise<void> {
    return this.#told(() => batchWrite(this.#client, this.#pacing, { table, changes }));
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storeError(error, this.#prefix);
    }
  }

  async *#toldOf<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
    try {
      yield* items;
    } catch (error) {
      throw storeError(error, this.#prefix);
    }
  }
}

/** Nothing is asked of DynamoDB before something is needed of it. */
export function openDynamoStore(options: DynamoStoreOptions): DynamoStore {
  return new DynamoStore(options);
}
