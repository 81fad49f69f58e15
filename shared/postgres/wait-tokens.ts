import type { TenantWaitTokens, WaitToken, WaitTokens } from '../ports/wait-tokens.ts';
import { statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const put = statement(
  'tokens.put',
  `INSERT INTO wait_tokens AS old (tenant, run, generation, loop, token, told) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (run, tenant) DO UPDATE
  SET generation = excluded.generation, loop = excluded.loop, token = excluded.token, told = excluded.told
  WHERE (old.generation, old.loop) <= (excluded.generation, excluded.loop)`,
);
const get = statement(
  'tokens.get',
  'SELECT run, generation, loop, token, told FROM wait_tokens WHERE tenant = $1 AND run = $2',
);
const remove = statement(
  'tokens.remove',
  'DELETE FROM wait_tokens WHERE tenant = $1 AND run = $2 AND generation = $3 AND token = $4',
);

/** Task tokens of waiting generations in PostgreSQL. */
export class PostgresWaitTokens implements WaitTokens {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantWaitTokens {
    const { query } = this.#store;
    return {
      put: async ({ run, generation, loop, token, told }) => {
        await query(put, [tenant, run, generation, loop, token, told]);
      },
      get: async (run) => (await query(get, [tenant, run]))[0] as WaitToken | undefined,
      delete: async ({ run, generation, token }) => {
        await query(remove, [tenant, run, generation, token]);
      },
    };
  }
}
