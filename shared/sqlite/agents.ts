import type { StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { defaultVersion, eachDefault } from '../domain/audit/default-version.ts';
import type { AgentVersion } from '../domain/audit/records.ts';
import type { Agents, TenantAgents } from '../ports/agents.ts';
import type { Row } from './lists.ts';
import type { SqliteStore } from './store.ts';

/** Published versions in SQLite. */
export class SqliteAgents implements Agents {
  readonly #store: SqliteStore;
  readonly #found = new LRUCache<string, { readonly version: AgentVersion; readonly epoch: number }>({
    max: 1_000,
  });
  readonly #byNumber: StatementSync;
  readonly #byDigest: StatementSync;
  readonly #versions: StatementSync;
  readonly #all: StatementSync;

  constructor(store: SqliteStore) {
    const { database } = store;
    this.#store = store;
    this.#byNumber = database.prepare(
      'SELECT row FROM versions WHERE tenant = ? AND agent = ? AND version = ?',
    );
    this.#byDigest = database.prepare(`
      SELECT row FROM versions WHERE tenant = ? AND agent = ? AND digest = ? ORDER BY number DESC LIMIT 1`);
    this.#versions = database.prepare(`
      SELECT row FROM versions WHERE tenant = ? AND agent = ? ORDER BY number DESC`);
    this.#all = database.prepare('SELECT row FROM versions WHERE tenant = ? ORDER BY number DESC');
  }

  forTenant(tenant: string): TenantAgents {
    const { read } = this.#store;
    return {
      get: (agent, version) => read(() => this.#find(tenant, agent, version)),
      versions: (agent) => read(() => this.#versions.all(tenant, agent).map(parsed)),
      list: () => read(() => eachDefault(this.#all.all(tenant).map(parsed))),
    };
  }

  /** Every start of a run asks for the same few. */
  #find(tenant: string, agent: string, version: string | undefined): AgentVersion | undefined {
    const key = JSON.stringify([tenant, agent, version]);
    const epoch = this.#store.recordsEpoch();
    const known = this.#found.get(key);
    if (known?.epoch === epoch) return known.version;
    const found = this.#get(tenant, agent, version);
    if (found) this.#found.set(key, { version: found, epoch });
    return found;
  }

  #get(tenant: string, agent: string, version: string | undefined): AgentVersion | undefined {
    if (version === undefined) return defaultVersion(this.#versions.all(tenant, agent).map(parsed));
    const row = this.#byNumber.get(tenant, agent, version) ?? this.#byDigest.get(tenant, agent, version);
    return row && parsed(row);
  }
}

const parsed = (row: Row): AgentVersion => JSON.parse(row['row'] as string);
