import type { Role } from '../../domain/audit/records.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Connection, Connections, Subscription } from '../../ports/connections.ts';
import { liveLimits } from '../../protocol/live.ts';
import { type Item, number, numberOf, text, textOf } from './items.ts';
import { joined, parted } from './keys.ts';
import type { DynamoStore } from './store.ts';
import { resourceIndex } from './table.ts';
import { expressions, put, remove, type Write } from './writes.ts';

type Place = Omit<Subscription, 'sent'>;

const connectionKey = (id: string): { readonly pk: string } => ({ pk: joined('connection', id) });
const subscribersOf = (tenant: string, run: string): string => joined('subscribers', tenant, run);
const subscriptionKey = ({ tenant, run, connection }: Place): { readonly pk: string } => ({
  pk: joined('subscribers', tenant, run, connection),
});

/** How long an item is kept after it counts no more, in milliseconds: DynamoDB's clock need not be ours. */
const keptMs = 3_600_000;

/**
 * Who is connected, in DynamoDB, among what passes. A connection's item names the runs that it listens to; each
 * subscription is an item by itself, found by its run through the index, which may be a moment behind.
 */
export class DynamoConnections implements Connections {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  async open({ id, tenant, subject, roles, expiresAt }: Connection): Promise<void> {
    await this.close(id);
    const item: Item = {
      pk: text(connectionKey(id).pk),
      tenant: text(tenant),
      subject: text(subject),
      roles: text(JSON.stringify(roles)),
      until: number(expiresAt),
      expires: expiry(expiresAt),
    };
    await this.#store.write(put(this.#store.passing, item));
  }

  async find(id: string): Promise<Connection | undefined> {
    const item = await this.#store.get(this.#store.passing, connectionKey(id));
    if (!item || !this.#counts(item)) return undefined;
    return {
      id,
      tenant: textOf(item, 'tenant'),
      subject: textOf(item, 'subject'),
      roles: JSON.parse(textOf(item, 'roles')) as Role[],
      expiresAt: numberOf(item, 'until'),
    };
  }

  /** What it listens to goes first: where that is cut off, the connection still names it. */
  async close(id: string): Promise<void> {
    const { passing } = this.#store;
    const item = await this.#store.get(passing, connectionKey(id));
    if (!item) return;
    const tenant = textOf(item, 'tenant');
    const runs = item['runs']?.SS ?? [];
    const subscriptions = runs.map((run) => ({ remove: subscriptionKey({ tenant, run, connection: id }) }));
    await this.#store.writeAll(passing, [...subscriptions, { remove: connectionKey(id) }]);
  }

  async subscribe({ sent, ...place }: Subscription): Promise<void> {
    const { connection, tenant, run } = place;
    const most = liveLimits.subscriptions;
    const listens = this.#changeRuns(place, 'ADD', {
      that: `attribute_exists(pk) AND #tenant = :tenant AND #until > :now
        AND (attribute_not_exists(#runs) OR size(#runs) < :most OR contains(#runs, :run))`,
      names: ['tenant', 'until'],
      values: { tenant: text(tenant), now: number(this.#store.now()), most: number(most), run: text(run) },
    });
    if (!(await this.#store.write(listens))) {
      if (!(await this.find(connection))) throw new TandemError('connection.unknown');
      const message = `One connection listens to at most ${most} runs`;
      throw new TandemError('limit.exceeded', { message, details: { limit: most } });
    }
    const until = this.#store.now() + liveLimits.lifetimeSeconds * 1_000;
    const item: Item = {
      pk: text(subscriptionKey(place).pk),
      byResource: text(subscribersOf(tenant, run)),
      sent: number(sent),
      expires: expiry(until),
    };
    await this.#store.write(put(this.#store.passing, item));
  }

  async unsubscribe(place: Place): Promise<void> {
    await this.#store.write(remove(this.#store.passing, subscriptionKey(place)));
    await this.#store.write(this.#changeRuns(place, 'DELETE', { that: 'attribute_exists(pk)' }));
  }

  async sent({ sent, ...place }: Subscription): Promise<void> {
    await this.#store.write({
      Update: {
        TableName: this.#store.passing,
        Key: { pk: text(subscriptionKey(place).pk) },
        UpdateExpression: 'SET #sent = :sent',
        ConditionExpression: 'attribute_exists(pk) AND #sent < :sent',
        ...expressions(['sent'], { sent: number(sent) }),
      },
    });
  }

  async *subscribers(tenant: string, run: string): AsyncGenerator<readonly Subscription[]> {
    const partition = subscribersOf(tenant, run);
    const query = { table: this.#store.passing, index: resourceIndex, partition, atATime: 100 };
    for await (const keys of this.#store.pages(query)) {
      const found = await Promise.all(keys.map((key) => this.#subscription(tenant, run, textOf(key, 'pk'))));
      yield found.filter((one) => one !== undefined);
    }
  }

  async hasSubscribers(tenant: string, run: string): Promise<boolean> {
    const partition = subscribersOf(tenant, run);
    const query = { table: this.#store.passing, index: resourceIndex, partition, atATime: 1 };
    for await (const keys of this.#store.pages(query)) return keys.length > 0;
    return false;
  }

  /** As it stands, where its connection still counts. */
  async #subscription(tenant: string, run: string, pk: string): Promise<Subscription | undefined> {
    const connection = parted(pk).at(-1) ?? '';
    const [item, known] = await Promise.all([
      this.#store.get(this.#store.passing, { pk }),
      this.#store.get(this.#store.passing, connectionKey(connection)),
    ]);
    if (!item || !known || !this.#counts(known)) return undefined;
    return { connection, tenant, run, sent: numberOf(item, 'sent') };
  }

  #counts(item: Item): boolean {
    return numberOf(item, 'until') > this.#store.now();
  }

  #changeRuns(
    { connection, run }: Place,
    how: 'ADD' | 'DELETE',
    condition: {
      readonly that: string;
      readonly names?: readonly string[];
      readonly values?: Parameters<typeof expressions>[1];
    },
  ): Write {
    return {
      Update: {
        TableName: this.#store.passing,
        Key: { pk: text(connectionKey(connection).pk) },
        UpdateExpression: `${how} #runs :changed`,
        ConditionExpression: condition.that,
        ...expressions(['runs', ...(condition.names ?? [])], { changed: { SS: [run] }, ...condition.values }),
      },
    };
  }
}

const expiry = (until: number) => number(Math.ceil((until + keptMs) / 1_000));
