import type { StatementSync } from 'node:sqlite';
import type { TenantWaitTokens, WaitToken, WaitTokens } from '../ports/wait-tokens.ts';
import type { SqliteStore } from './store.ts';

/** Task tokens of waiting generations in SQLite. */
export class SqliteWaitTokens implements WaitTokens {
  readonly #store: SqliteStore;
  readonly #put: StatementSync;
  readonly #get: StatementSync;
  readonly #delete: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#put = database.prepare(`
      INSERT INTO wait_tokens (run, tenant, generation, loop, token, told) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE
      SET generation = excluded.generation, loop = excluded.loop, token = excluded.token, told = excluded.told
      WHERE (generation, loop) <= (excluded.generation, excluded.loop)`);
    this.#get = database.prepare(
      'SELECT run, generation, loop, token, told FROM wait_tokens WHERE run = ? AND tenant = ?',
    );
    this.#delete = database.prepare(`
      DELETE FROM wait_tokens WHERE run = ? AND tenant = ? AND generation = ? AND token = ?`);
  }

  forTenant(tenant: string): TenantWaitTokens {
    const { read, commits } = this.#store;
    return {
      put: ({ run, generation, loop, token, told }) =>
        commits.run(() => {
          this.#put.run(run, tenant, generation, loop, token, told);
        }),
      get: (run) => read(() => this.#read(tenant, run)),
      delete: ({ run, generation, token }) =>
        commits.run(() => {
          this.#delete.run(run, tenant, generation, token);
        }),
    };
  }

  #read(tenant: string, run: string): WaitToken | undefined {
    const row = this.#get.get(run, tenant) as WaitToken | undefined;
    return row && { ...row };
  }
}
