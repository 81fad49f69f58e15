import { defaultVersion, eachDefault } from '../domain/audit/default-version.ts';
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
        if (version === undefined) return defaultVersion(all);
        return all.find((one) => one.number === version) ?? all.find((one) => one.digest === version);
      },
      versions: async (agent) => (await newestFirst()).filter((one) => one.agent === agent),
      list: async () => eachDefault(await newestFirst()),
    };
  }
}
