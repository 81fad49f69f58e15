import { defaultVersion, eachDefault } from '../domain/audit/default-version.ts';
import type { AgentVersion } from '../domain/audit/records.ts';
import type { Agents, TenantAgents } from '../ports/agents.ts';
import { keyText } from './key-text.ts';
import { type Row, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const get = statement(
  'versions.get',
  `SELECT row FROM versions WHERE tenant = $1 AND agent = $2 AND (version = $3 OR digest = $3)
  ORDER BY version = $3 DESC, number DESC LIMIT 1`,
);
const listOfAgent = statement(
  'versions.ofAgent',
  'SELECT row FROM versions WHERE tenant = $1 AND agent = $2 ORDER BY number DESC',
);
const listAll = statement('versions.all', 'SELECT row FROM versions WHERE tenant = $1 ORDER BY number DESC');

/** Published versions in PostgreSQL. */
export class PostgresAgents implements Agents {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantAgents {
    const versions = async (agent: string) =>
      (await this.#store.query(listOfAgent, [tenant, keyText(agent)])).map(parsed);
    return {
      get: async (agent, version) => {
        if (version === undefined) return defaultVersion(await versions(agent));
        const [row] = await this.#store.query(get, [tenant, keyText(agent), keyText(version)]);
        return row && parsed(row);
      },
      versions,
      list: async () => eachDefault((await this.#store.query(listAll, [tenant])).map(parsed)),
    };
  }
}

const parsed = (row: Row): AgentVersion => JSON.parse(row['row'] as string);
