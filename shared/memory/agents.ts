import type { AgentVersion } from '../domain/audit/records.ts';
import type { Agents, TenantAgents } from '../ports/agents.ts';
import type { OpenDisk } from './disk.ts';
import { copy } from './put-projection.ts';

/** Published versions in memory. */
export class MemoryAgents implements Agents {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantAgents {
    const newestFirst = () => this.#disk.read((disk) => copy(disk.tenant(tenant).versions).reverse());
    return {
      get: async (agent, version) => {
        const all = (await newestFirst()).filter((one) => one.agent === agent);
        if (version === undefined) return all[0];
        return all.find((one) => one.number === version) ?? all.find((one) => one.digest === version);
      },
      versions: async (agent) => (await newestFirst()).filter((one) => one.agent === agent),
      list: async () => {
        const latest = new Map<string, AgentVersion>();
        for (const one of await newestFirst()) if (!latest.has(one.agent)) latest.set(one.agent, one);
        return [...latest.values()];
      },
    };
  }
}
