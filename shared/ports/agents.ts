import type { Digest } from '../domain/content.ts';

/** An immutable version of an agent. */
export interface AgentVersion {
  readonly tenant: string;
  readonly agent: string;
  /** As the author numbers it (semver). */
  readonly number: string;
  /** Digest of manifest and bundle: the version's identity. */
  readonly digest: Digest;
  /** What decides: programs for now. */
  readonly brain: 'program';
  readonly description?: string;
  /** The one-file program: a blob. */
  readonly bundle: Digest;
  readonly bundleSize: number;
  readonly operationsPerStep?: number;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

/** The agents of one tenant. */
export interface TenantAgents {
  /** Stores a version; the same content under the same number is a no-op; other content throws `version.conflict`. */
  publish(version: AgentVersion): Promise<AgentVersion>;
  /** By number or digest; without either, the one published last. */
  get(agent: string, version?: string): Promise<AgentVersion | undefined>;
  /** Newest first. */
  versions(agent: string): Promise<readonly AgentVersion[]>;
  list(): Promise<readonly AgentVersion[]>;
}

export interface Agents {
  forTenant(tenant: string): TenantAgents;
}
