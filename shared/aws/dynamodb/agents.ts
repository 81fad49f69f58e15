import { defaultVersion, eachDefault } from '../../domain/audit/default-version.ts';
import type { AgentVersion } from '../../domain/audit/records.ts';
import type { Agents, TenantAgents } from '../../ports/agents.ts';
import { textOf } from './items.ts';
import { partitions, pastAll, sorted } from './keys.ts';
import { versionKey } from './record-writes.ts';
import type { DynamoStore } from './store.ts';

/** Published versions in DynamoDB: a partition for each tenant, in it those of an agent side by side. */
export class DynamoAgents implements Agents {
  readonly #store: DynamoStore;

  constructor(store: DynamoStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantAgents {
    return {
      get: (agent, version) => this.#get(tenant, agent, version),
      versions: (agent) => this.#newestFirst(tenant, [sorted(agent, ''), pastAll(agent)]),
      list: async () => eachDefault(await this.#newestFirst(tenant)),
    };
  }

  async #get(tenant: string, agent: string, version: string | undefined): Promise<AgentVersion | undefined> {
    if (version !== undefined) {
      const item = await this.#store.get(this.#store.log, versionKey(tenant, agent, version));
      if (item) return JSON.parse(textOf(item, 'row'));
    }
    const all = await this.#newestFirst(tenant, [sorted(agent, ''), pastAll(agent)]);
    return version === undefined ? defaultVersion(all) : all.find(({ digest }) => digest === version);
  }

  async #newestFirst(tenant: string, between?: readonly [string, string]): Promise<readonly AgentVersion[]> {
    const query = {
      table: this.#store.log,
      partition: partitions.versions(tenant),
      ...(between ? { between } : {}),
    };
    const items = await Array.fromAsync(this.#store.items(query));
    items.sort((a, b) => (textOf(a, 'published') > textOf(b, 'published') ? -1 : 1));
    return items.map((item) => JSON.parse(textOf(item, 'row')));
  }
}
