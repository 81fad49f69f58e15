import type { StatementSync } from 'node:sqlite';
import type { Digest } from '../domain/content.ts';
import { deliveriesOf } from '../domain/webhooks/delivery.ts';
import type { Disposal, EndedRun, EventErasure, TenantDisposal } from '../ports/disposal.ts';
import type { Row } from './lists.ts';
import { ProjectionWriter } from './projection-writer.ts';
import type { SqliteStore } from './store.ts';

/** Events deleted in one transaction: nobody is to feel the removal of a long run. */
const eventsAtATime = 1_000;

/** How often, and with what pause in milliseconds, a log of changes that others still read is tried to be emptied. */
const attempts = { count: 20, pauseMs: 25 } as const;

/** A run that nobody else has to do with any more: what is still due has its parent or children to tell. */
const settled = 'NOT EXISTS (SELECT 1 FROM due WHERE due.run = ended.run AND due.tenant = ended.tenant)';

/** Takes runs and payloads out of `log.db`; deleted content is overwritten there, and the file of changes emptied. */
export class SqliteDisposal implements Disposal {
  readonly #store: SqliteStore;
  readonly #projections: ProjectionWriter;
  readonly #statements = new Map<string, StatementSync>();
  #isSettled = true;

  constructor(store: SqliteStore) {
    this.#store = store;
    this.#projections = new ProjectionWriter(store.database);
  }

  forTenant(tenant: string): TenantDisposal {
    const { read, commits } = this.#store;
    return {
      ended: (before, limit) =>
        read(() =>
          runsIn(
            this.#all(
              `SELECT tenant, run FROM ended INDEXED BY ended_by_time
              WHERE tenant = ? AND remove_at IS NULL AND ended_at <= ? AND ${settled} ORDER BY ended_at LIMIT ?`,
              tenant,
              before,
              limit,
            ),
          ),
        ),
      erase: async (erasure) => {
        await commits.run(() => this.#erase(tenant, erasure));
        await this.#settleSoon();
      },
      remove: (run) => this.#remove(tenant, run),
      noteUnnamed: (blobs) => commits.run(() => this.#note(tenant, blobs)),
      unnamed: (limit) =>
        read(() =>
          this.#all('SELECT digest FROM unnamed WHERE tenant = ? ORDER BY digest LIMIT ?', tenant, limit).map(
            (row) => row['digest'] as Digest,
          ),
        ),
      forgetUnnamed: (blobs) =>
        commits.run(() => {
          for (const digest of blobs)
            this.#run('DELETE FROM unnamed WHERE tenant = ? AND digest = ?', tenant, digest);
        }),
    };
  }

  expired(now: string, limit: number): Promise<readonly EndedRun[]> {
    return this.#store.read(() =>
      runsIn(
        this.#all(
          `SELECT tenant, run FROM ended INDEXED BY ended_by_own_time
          WHERE remove_at <= ? AND ${settled} ORDER BY remove_at LIMIT ?`,
          now,
          limit,
        ),
      ),
    );
  }

  tenantsWithUnnamed(): Promise<readonly string[]> {
    return this.#store.read(() =>
      this.#all('SELECT DISTINCT tenant FROM unnamed ORDER BY tenant').map((row) => row['tenant'] as string),
    );
  }

  /** Between two transactions, without waiting for whoever reads: they are few and soon done. */
  async settle(): Promise<boolean> {
    if (this.#isSettled) return true;
    const { database } = this.#store;
    const timeout = database.prepare('PRAGMA busy_timeout').get()?.['timeout'] ?? 0;
    try {
      database.exec('PRAGMA busy_timeout = 0');
      const answer = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
      this.#isSettled = answer?.['busy'] === 0;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${timeout}`);
    }
    return this.#isSettled;
  }

  async #settleSoon(): Promise<void> {
    this.#isSettled = false;
    for (let attempt = 1; attempt <= attempts.count; attempt += 1) {
      if (await this.settle()) return;
      await new Promise((resolve) => setTimeout(resolve, attempts.pauseMs));
    }
  }

  #erase(tenant: string, { run, event, projections, told, blobs }: EventErasure): void {
    this.#run(
      'UPDATE events SET event = ? WHERE run = ? AND tenant = ? AND seq = ?',
      JSON.stringify(event),
      run,
      tenant,
      event.seq,
    );
    this.#run('DELETE FROM snapshots WHERE run = ? AND tenant = ?', run, tenant);
    this.#run('DELETE FROM idempotency WHERE tenant = ? AND resource = ?', tenant, run);
    // What webhooks are sent of it says parts of it.
    for (const id of told) {
      const delivery = deliveriesOf(id);
      this.#run(
        'DELETE FROM deliveries WHERE tenant = ? AND delivery >= ? AND delivery < ?',
        tenant,
        delivery,
        `${delivery}~`,
      );
    }
    for (const table of ['runs', 'approvals', 'artifacts'])
      this.#run(`DELETE FROM ${table} WHERE tenant = ? AND run = ?`, tenant, run);
    for (const change of projections) if (change.kind !== 'due') this.#projections.put(change);
    this.#note(tenant, blobs);
  }

  /** From its last event on, so that what is left in between is the beginning of a log; the row that finds it goes last. */
  async #remove(tenant: string, run: string): Promise<void> {
    const { commits } = this.#store;
    for (let deleted = eventsAtATime; deleted === eventsAtATime; ) {
      deleted = await commits.run(() => {
        const { changes } = this.#run(
          `DELETE FROM events WHERE rowid IN (
            SELECT rowid FROM events WHERE run = ? AND tenant = ? ORDER BY seq DESC LIMIT ${eventsAtATime})`,
          run,
          tenant,
        );
        if (Number(changes) < eventsAtATime) this.#removeRows(tenant, run);
        return Number(changes);
      });
    }
    this.#isSettled = false;
  }

  #removeRows(tenant: string, run: string): void {
    for (const table of [
      'heads',
      'snapshots',
      'runs',
      'approvals',
      'artifacts',
      'wait_tokens',
      'due',
      'ended',
      'deliveries',
    ])
      this.#run(`DELETE FROM ${table} WHERE tenant = ? AND run = ?`, tenant, run);
    this.#run('DELETE FROM idempotency WHERE tenant = ? AND resource = ?', tenant, run);
  }

  #note(tenant: string, blobs: readonly Digest[]): void {
    for (const digest of blobs)
      this.#run('INSERT INTO unnamed (tenant, digest) VALUES (?, ?) ON CONFLICT DO NOTHING', tenant, digest);
  }

  #all(sql: string, ...values: readonly (string | number)[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  #run(sql: string, ...values: readonly (string | number)[]) {
    return this.#statement(sql).run(...values);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#store.database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }
}

function runsIn(rows: readonly Row[]): readonly EndedRun[] {
  return rows.map((row) => ({ tenant: row['tenant'] as string, run: row['run'] as string }));
}
