import type { AgentVersion, Alias } from '../../domain/audit/records.ts';
import type { Principal } from '../../ports/identity.ts';

export interface AgentUseCases {
  publishAgent(caller: Principal, publication: Publication): Promise<AgentVersion>;
  /** Each by the version that is meant when none is named. */
  listAgents(caller: Principal): Promise<readonly AgentVersion[]>;
  getAgent(caller: Principal, agent: string): Promise<AgentView>;
  /** By number or digest. */
  getVersion(caller: Principal, agent: string, version: string): Promise<AgentVersion>;
  setAlias(caller: Principal, setting: AliasSetting): Promise<Alias>;
  /** By name. */
  listAliases(caller: Principal, agent: string): Promise<readonly Alias[]>;
  getAlias(caller: Principal, agent: string, alias: string): Promise<Alias>;
  /** Answers what it was. */
  removeAlias(caller: Principal, agent: string, alias: string): Promise<Alias>;
}

export interface Publication {
  readonly agent: string;
  readonly number: string;
  readonly description?: string;
  /** Text of the one-file program. */
  readonly bundle: string;
  readonly operationsPerStep?: number;
  readonly roleRequired?: NonNullable<AgentVersion['roleRequired']>;
}

export interface AliasSetting {
  readonly agent: string;
  readonly alias: string;
  /** Number or digest. */
  readonly version: string;
  readonly share?: { readonly version: string; readonly percent: number };
}

export interface AgentView {
  readonly agent: string;
  /** The version published last, trials aside. */
  readonly latest: AgentVersion;
  /** Newest first. */
  readonly versions: readonly AgentVersion[];
  /** By name. */
  readonly aliases: readonly Alias[];
}
