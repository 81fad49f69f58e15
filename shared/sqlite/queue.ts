import type { StatementSync } from 'node:sqlite';
import type { Json } from '../domain/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { Queue, QueueMessage } from '../ports/queue.ts';
import type { Row } from './lists.ts';
import type { SqliteStore } from './store.ts';

export interface SqliteQueueOptions {
  /** Queues of other names share the file and nothing else. */
  readonly name: string;
  readonly clock: Clock;
}

/** A queue in SQLite. */
export class SqliteQueue implements Queue {
  readonly #store: SqliteStore;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #insert: StatementSync;
  readonly #visible: StatementSync;
  readonly #take: StatementSync;
  readonly #delete: StatementSync;

  constructor(store: SqliteStore, { name, clock }: SqliteQueueOptions) {
    const { database } = store;
    this.#store = store;
    this.#name = name;
    this.#clock = clock;
    this.#insert = database.prepare('INSERT INTO messages (queue, body, visible_at) VALUES (?, ?, ?)');
    this.#visible = database.prepare('SELECT 1 FROM messages WHERE queue = ? AND visible_at <= ? LIMIT 1');
    this.#take = database.prepare(`
      UPDATE messages SET visible_at = ?, attempts = attempts + 1
      WHERE number IN (
        SELECT number FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at LIMIT ?)
      RETURNING number, body, attempts`);
    this.#delete = database.prepare('DELETE FROM messages WHERE queue = ? AND number = ?');
  }

  send(body: Json, { delaySeconds = 0 }: { readonly delaySeconds?: number } = {}): Promise<void> {
    const visibleAt = this.#clock.now() + delaySeconds * 1_000;
    return this.#store.commits.run(() => {
      this.#insert.run(this.#name, JSON.stringify(body), visibleAt);
    });
  }

  async receive(limit: number, visibilitySeconds: number): Promise<readonly QueueMessage[]> {
    const now = this.#clock.now();
    // Most looks find nothing: they cost no commit.
    if (!(await this.#store.read(() => this.#visible.get(this.#name, now)))) return [];
    return this.#store.commits.run(() =>
      this.#take.all(now + visibilitySeconds * 1_000, this.#name, now, limit).map(message),
    );
  }

  delete(id: string): Promise<void> {
    return this.#store.commits.run(() => {
      this.#delete.run(this.#name, id);
    });
  }
}

function message(row: Row): QueueMessage {
  return {
    id: String(row['number']),
    body: JSON.parse(row['body'] as string),
    attempt: row['attempts'] as number,
  };
}
