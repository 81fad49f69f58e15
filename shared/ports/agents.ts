import type { AgentVersion } from '../domain/audit/records.ts';

/** The agents of one tenant; versions are written only with the events of its audit log. */
export interface TenantAgents {
  /** By number or digest; without either, see `defaultVersion`. */
  get(agent: string, version?: string): Promise<AgentVersion | undefined>;
  /** Newest first. */
  versions(agent: string): Promise<readonly AgentVersion[]>;
  /** Each agent by its default version; the one published last first. */
  list(): Promise<readonly AgentVersion[]>;
}

export interface Agents {
  forTenant(tenant: string): TenantAgents;
}
