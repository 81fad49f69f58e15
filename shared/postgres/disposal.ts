import type { Digest } from '../domain/content.ts';
import { deliveriesOf } from '../domain/webhooks/delivery.ts';
import type { Disposal, EndedRun, TenantDisposal } from '../ports/disposal.ts';
import { projectionsJson } from './changes.ts';
import { type Row, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

/** Events deleted in one transaction: nobody is to feel the removal of a long run. */
const eventsAtATime = 1_000;

/** A run that nobody else has to do with any more: what is still due has its parent or children to tell. */
const settled = 'NOT EXISTS (SELECT FROM due WHERE due.run = ended.run AND due.tenant = ended.tenant)';

const ended = statement(
  'ended.byTime',
  `SELECT tenant, run FROM ended
  WHERE tenant = $1 AND remove_at IS NULL AND ended_at <= $2 AND ${settled} ORDER BY ended_at LIMIT $3`,
);
const expired = statement(
  'ended.byOwnTime',
  `SELECT tenant, run FROM ended WHERE remove_at <= $1 AND ${settled} ORDER BY remove_at LIMIT $2`,
);
const erase = statement('events.erase', 'SELECT erase_event($1, $2, $3, $4, $5, $6, $7)');
const remove = statement('runs.remove', `SELECT remove_run($1, $2, ${eventsAtATime}) AS done`);
const note = statement('unnamed.note', 'SELECT note_unnamed($1, $2)');
const unnamed = statement(
  'unnamed.list',
  'SELECT digest FROM unnamed WHERE tenant = $1 ORDER BY digest LIMIT $2',
);
const forget = statement(
  'unnamed.forget',
  'DELETE FROM unnamed WHERE tenant = $1 AND digest = ANY ($2::text[])',
);
const tenants = statement('unnamed.tenants', 'SELECT DISTINCT tenant FROM unnamed ORDER BY tenant');

const disposals = statement('disposals.some', 'SELECT transaction FROM disposals LIMIT 1');
/** Nobody reads any more what was there before: every transaction that could has ended. */
const forgettable = `
  transaction < pg_snapshot_xmin(pg_current_snapshot()) AND NOT EXISTS (
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
      AND age(backend_xmin) >= age(disposals.transaction::xid))`;
const ripe = statement('disposals.ripe', `SELECT transaction FROM disposals WHERE ${forgettable}`);
const tidy = statement(
  'disposals.tidy',
  'VACUUM events, snapshots, idempotency, deliveries, runs, approvals, artifacts, heads, wait_tokens, ended',
);
const done = statement('disposals.done', 'DELETE FROM disposals WHERE transaction = ANY ($1::xid8[])');

/** Takes runs and payloads out of PostgreSQL. What backups and the files of changes hold goes with their own time. */
export class PostgresDisposal implements Disposal {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantDisposal {
    const { query } = this.#store;
    return {
      ended: async (before, limit) => runsIn(await query(ended, [tenant, before, limit])),
      erase: async ({ run, event, projections, told, blobs }) => {
        const rows = projectionsJson(projections.filter(({ kind }) => kind !== 'due'));
        const values = [tenant, run, event.seq, JSON.stringify(event), rows];
        await query(erase, [...values, told.map(deliveriesOf), blobs]);
      },
      remove: async (run) => {
        for (let isDone = false; !isDone; )
          isDone = (await query(remove, [tenant, run]))[0]?.['done'] === true;
      },
      noteUnnamed: async (blobs) => {
        await query(note, [tenant, blobs]);
      },
      unnamed: async (limit) => (await query(unnamed, [tenant, limit])).map((row) => row['digest'] as Digest),
      forgetUnnamed: async (blobs) => {
        await query(forget, [tenant, blobs]);
      },
    };
  }

  async expired(now: string, limit: number): Promise<readonly EndedRun[]> {
    return runsIn(await this.#store.query(expired, [now, limit]));
  }

  async tenantsWithUnnamed(): Promise<readonly string[]> {
    return (await this.#store.query(tenants)).map((row) => row['tenant'] as string);
  }

  /** Has the space of what was taken away freed, once nobody reads it any more; in vain while somebody does. */
  async settle(): Promise<boolean> {
    if ((await this.#store.query(disposals)).length === 0) return true;
    const before = (await this.#store.query(ripe)).map((row) => row['transaction'] as string);
    if (before.length === 0) return false;
    await this.#store.forLong(async (query) => {
      await query(tidy);
      await query(done, [before]);
    });
    return (await this.#store.query(disposals)).length === 0;
  }
}

function runsIn(rows: readonly Row[]): readonly EndedRun[] {
  return rows.map((row) => ({ tenant: row['tenant'] as string, run: row['run'] as string }));
}
