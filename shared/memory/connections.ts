import { TandemError } from '../errors/tandem-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connection, Connections, Subscription } from '../ports/connections.ts';
import { liveLimits } from '../protocol/live.ts';

interface Known {
  readonly connection: Connection;
  /** By run: sequence number of what was sent last. */
  readonly runs: Map<string, number>;
}

/** Connections of one process: they end with it. */
export class MemoryConnections implements Connections {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();
  /** Connections by the run that they listen to. */
  readonly #listening = new Map<string, Set<Known>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async open(connection: Connection): Promise<void> {
    await this.close(connection.id);
    this.#known.set(connection.id, { connection, runs: new Map() });
  }

  async find(id: string): Promise<Connection | undefined> {
    return this.#living(id)?.connection;
  }

  async close(id: string): Promise<void> {
    const known = this.#known.get(id);
    if (!known) return;
    for (const run of known.runs.keys()) this.#leave(known, run);
    this.#known.delete(id);
  }

  async subscribe({ connection, run, sent }: Subscription): Promise<void> {
    const known = this.#living(connection);
    if (!known) throw new TandemError('connection.unknown');
    if (!known.runs.has(run) && known.runs.size >= liveLimits.subscriptions) throw tooMany();
    known.runs.set(run, sent);
    const key = keyOf(known.connection.tenant, run);
    const listening = this.#listening.get(key);
    if (listening) listening.add(known);
    else this.#listening.set(key, new Set([known]));
  }

  async unsubscribe({ connection, run }: Omit<Subscription, 'sent'>): Promise<void> {
    const known = this.#known.get(connection);
    if (!known) return;
    this.#leave(known, run);
    known.runs.delete(run);
  }

  async sent({ connection, run, sent }: Subscription): Promise<void> {
    const runs = this.#known.get(connection)?.runs;
    const before = runs?.get(run);
    if (runs && before !== undefined && before < sent) runs.set(run, sent);
  }

  async *subscribers(tenant: string, run: string): AsyncGenerator<readonly Subscription[]> {
    const subscriptions: Subscription[] = [];
    for (const { connection, runs } of this.#listening.get(keyOf(tenant, run)) ?? []) {
      const sent = runs.get(run);
      if (sent === undefined || !this.#lives(connection)) continue;
      subscriptions.push({ connection: connection.id, tenant, run, sent });
    }
    yield subscriptions;
  }

  async hasSubscribers(tenant: string, run: string): Promise<boolean> {
    return this.isHeard(tenant, run);
  }

  /** As {@link hasSubscribers}, at once. */
  isHeard(tenant: string, run: string): boolean {
    return this.#listening.has(keyOf(tenant, run));
  }

  #living(id: string): Known | undefined {
    const known = this.#known.get(id);
    return known && this.#lives(known.connection) ? known : undefined;
  }

  #lives({ expiresAt }: Connection): boolean {
    return expiresAt > this.#clock.now();
  }

  #leave(known: Known, run: string): void {
    const key = keyOf(known.connection.tenant, run);
    const listening = this.#listening.get(key);
    listening?.delete(known);
    if (listening?.size === 0) this.#listening.delete(key);
  }
}

const keyOf = (tenant: string, run: string): string => `${run} ${tenant}`;

function tooMany(): TandemError {
  return new TandemError('limit.exceeded', {
    message: `One connection listens to at most ${liveLimits.subscriptions} runs`,
    details: { limit: liveLimits.subscriptions },
  });
}
