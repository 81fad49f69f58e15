import type { StatementSync } from 'node:sqlite';
import { appendTexts } from '../domain/append-limits.ts';
import type { Head } from '../domain/events.ts';
import { limits } from '../domain/limits.ts';
import { pageOfTexts, wantedEvents } from '../domain/page-of-texts.ts';
import type { RunState } from '../domain/state.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Append, EventLog, EventPage, TenantEventLog } from '../ports/event-log.ts';
import { DeliveryWriter } from './delivery-writer.ts';
import { IdempotencyRecords } from './idempotency.ts';
import { KnownHeads } from './known-heads.ts';
import { textsOf } from './lists.ts';
import { ProjectionWriter } from './projection-writer.ts';
import type { SqliteStore } from './store.ts';

const runsAtATime = 1_000;

/** Runs after which a walk through all of them lets whatever else waits have its turn: reading never does by itself. */
const runsInATurn = 16;

/** The run log in SQLite: one transaction for events, head, projections and idempotency record. */
export class SqliteEventLog implements EventLog {
  readonly #store: SqliteStore;
  readonly #projections: ProjectionWriter;
  readonly #deliveries: DeliveryWriter;
  readonly #idempotency: IdempotencyRecords;
  readonly #known: KnownHeads;
  readonly #createHead: StatementSync;
  readonly #advanceHead: StatementSync;
  readonly #getHead: StatementSync;
  readonly #insertEvent: StatementSync;
  readonly #readEvents: StatementSync;
  readonly #getSnapshot: StatementSync;
  readonly #putSnapshot: StatementSync;
  readonly #listRuns: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#projections = new ProjectionWriter(database);
    this.#deliveries = new DeliveryWriter(database);
    this.#idempotency = new IdempotencyRecords(database);
    this.#known = new KnownHeads(store.others);
    this.#createHead = database.prepare(`
      INSERT INTO heads (seq, hash, signature, run, tenant) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
    this.#advanceHead = database.prepare(`
      UPDATE heads SET seq = ?, hash = ?, signature = ? WHERE run = ? AND tenant = ? AND seq = ?`);
    this.#getHead = database.prepare('SELECT seq, hash, signature FROM heads WHERE run = ? AND tenant = ?');
    this.#insertEvent = database.prepare('INSERT INTO events (run, tenant, seq, event) VALUES (?, ?, ?, ?)');
    this.#readEvents = database.prepare(`
      SELECT event FROM events WHERE run = ? AND tenant = ? AND seq > ? ORDER BY seq LIMIT ?`);
    this.#getSnapshot = database.prepare('SELECT state FROM snapshots WHERE run = ? AND tenant = ?');
    this.#putSnapshot = database.prepare(`
      INSERT INTO snapshots (run, tenant, seq, state) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET seq = excluded.seq, state = excluded.state WHERE seq < excluded.seq`);
    this.#listRuns = database.prepare(`
      SELECT tenant, run FROM heads WHERE (run, tenant) > (?, ?) ORDER BY run, tenant LIMIT ${runsAtATime}`);
  }

  forTenant(tenant: string): TenantEventLog {
    const { read, commits } = this.#store;
    return {
      append: (append) => this.#append(tenant, append),
      read: (run, after, limit = limits.pageEvents) => read(() => this.#read(tenant, run, { after, limit })),
      head: (run) => read(() => this.#head(tenant, run)),
      snapshot: (run) => read(() => this.#snapshot(tenant, run)),
      saveSnapshot: (state) => commits.run(() => this.#saveSnapshot(tenant, state)),
      idempotency: (key) => read(() => this.#idempotency.get(tenant, key)),
    };
  }

  async *allRuns(): AsyncGenerator<{ readonly tenant: string; readonly run: string }> {
    let last = { tenant: '', run: '' };
    let walked = 0;
    for (;;) {
      const rows = this.#listRuns.all(last.run, last.tenant) as unknown as (typeof last)[];
      for (const { tenant, run } of rows) {
        yield { tenant, run };
        walked += 1;
        if (walked % runsInATurn === 0) await nextTurn();
      }
      const end = rows.at(-1);
      if (!end) return;
      last = end;
    }
  }

  async #append(tenant: string, append: Append): Promise<void> {
    const texts = appendTexts({ tenant, run: append.run, expected: append.expected }, append.events);
    const epoch = await this.#store.commits.run(() => this.#write(tenant, append, texts));
    this.#known.set(tenant, append.head, epoch);
  }

  #write(tenant: string, append: Append, texts: readonly string[]): number {
    const { run, expected, head, projections, deliveries = [], idempotency } = append;
    const epoch = this.#known.forget(tenant, run);
    if (!this.#moveHead(tenant, head, expected)) throw this.#conflict(tenant, run, expected);
    if (idempotency) this.#idempotency.insert(tenant, idempotency);
    let seq = expected;
    for (const text of texts) {
      seq += 1;
      this.#insertEvent.run(run, tenant, seq, text);
    }
    for (const change of projections) this.#projections.put(change);
    for (const delivery of deliveries) this.#deliveries.put(delivery);
    return epoch;
  }

  /** Whether the head was where the append expects it. */
  #moveHead(tenant: string, { run, seq, hash, signature }: Head, expected: number): boolean {
    const signed = signature ? JSON.stringify(signature) : null;
    const { changes } =
      expected === 0
        ? this.#createHead.run(seq, hash, signed, run, tenant)
        : this.#advanceHead.run(seq, hash, signed, run, tenant, expected);
    return changes === 1;
  }

  #conflict(tenant: string, run: string, expected: number): TandemError {
    const actual = this.#head(tenant, run)?.seq ?? 0;
    return new TandemError('log.conflict', { details: { run, expected, actual } });
  }

  #read(tenant: string, run: string, { after, limit }: { after: number; limit: number }): EventPage {
    if (this.#known.endsAt(tenant, run, after)) return { events: [], more: false };
    const wanted = wantedEvents(limit);
    const rows = this.#readEvents.iterate(run, tenant, after, wanted + 1);
    const { texts, more } = pageOfTexts(textsOf(rows, 'event'), wanted);
    return { events: texts.map((text) => JSON.parse(text)), more };
  }

  #head(tenant: string, run: string): Head | undefined {
    const row = this.#getHead.get(run, tenant);
    if (!row) return undefined;
    const signature = row['signature'] as string | null;
    return {
      run,
      seq: row['seq'] as number,
      hash: row['hash'] as string,
      ...(signature === null ? {} : { signature: JSON.parse(signature) }),
    };
  }

  #snapshot(tenant: string, run: string): RunState | undefined {
    const row = this.#getSnapshot.get(run, tenant);
    return row && JSON.parse(row['state'] as string);
  }

  #saveSnapshot(tenant: string, state: RunState): void {
    this.#putSnapshot.run(state.run, tenant, state.seq, JSON.stringify(state));
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
