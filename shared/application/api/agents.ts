import type { AgentVersion } from '../../domain/audit/records.ts';
import type { Principal } from '../../ports/identity.ts';

export interface AgentUseCases {
  publishAgent(caller: Principal, publication: Publication): Promise<AgentVersion>;
  /** Each by the version published last. */
  listAgents(caller: Principal): Promise<readonly AgentVersion[]>;
  getAgent(caller: Principal, agent: string): Promise<AgentView>;
  /** By number or digest. */
  getVersion(caller: Principal, agent: string, version: string): Promise<AgentVersion>;
}

export interface Publication {
  readonly agent: string;
  readonly number: string;
  readonly description?: string;
  /** Text of the one-file program. */
  readonly bundle: string;
  readonly operationsPerStep?: number;
}

export interface AgentView {
  readonly agent: string;
  /** The version published last. */
  readonly latest: AgentVersion;
  /** Newest first. */
  readonly versions: readonly AgentVersion[];
}
