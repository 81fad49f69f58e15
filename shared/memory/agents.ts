import { TandemError } from '../errors/tandem-error.ts';
import type { Agents, AgentVersion, TenantAgents } from '../ports/agents.ts';
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
      publish: async (version) => {
        const published = copy(version);
        return copy(await this.#disk.write((disk) => publish(disk.tenant(tenant).versions, published)));
      },
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

function publish(versions: AgentVersion[], version: AgentVersion): AgentVersion {
  const { agent, number, digest } = version;
  const published = versions.find((one) => one.agent === agent && one.number === number);
  if (published?.digest === digest) return published;
  if (!published) {
    versions.push(version);
    return version;
  }
  throw new TandemError('version.conflict', {
    message: `${agent} ${number} exists with other content.`,
    details: { agent, number, published: published.digest, digest },
  });
}
