import type { Digest } from '../content.ts';
import type { WebhookEvent } from '../webhooks/events.ts';

/** Roles in rising order; `platform` is outside tenants and sees no run. */
export type Role = 'user' | 'operator' | 'admin' | 'platform';

/** What stands in place of a tenant for those who are outside all of them; no tenant has this name. */
export const platformTenant = 'platform';

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
  /** Least role of who starts it, where that is more than a start needs anyway. */
  readonly roleRequired?: Exclude<Role, 'platform'>;
  readonly publishedAt: string;
  readonly publishedBy: string;
}

/** A tenant, as it is now. */
export interface Tenant {
  readonly tenant: string;
  /** What people call it. */
  readonly name?: string;
  readonly status: 'active' | 'suspended';
  readonly createdAt: string;
  readonly createdBy: string;
  /** Why it is suspended. */
  readonly reason?: string;
  /** Runs are still being paused by the suspension, or resumed after it. */
  readonly settling?: true;
}

/** A tenant whose runs have yet to be brought into line with its status. */
export interface Unsettled {
  readonly tenant: string;
  readonly status: Tenant['status'];
  /** Id of the event that changed the status. */
  readonly event: string;
}

/** A name for the version that runs are to use, and for a part of them another one. */
export interface Alias {
  readonly tenant: string;
  readonly agent: string;
  readonly alias: string;
  readonly version: Digest;
  /** Number of the version. */
  readonly number: string;
  /** A new version that takes over step by step. */
  readonly share?: AliasShare;
  readonly setAt: string;
  readonly setBy: string;
}

export interface AliasShare {
  readonly version: Digest;
  readonly number: string;
  /** Of a hundred new runs, how many use it: 1 to 99. */
  readonly percent: number;
}

/** A credential of a machine. The secret itself is nowhere: only its digest. */
export interface ApiKey {
  readonly tenant: string;
  /** Id: the part of the key that is no secret. */
  readonly key: string;
  readonly name: string;
  /** SHA-256 of the secret, which has 256 random bits: no salt or stretching could add to that. */
  readonly secretDigest: Digest;
  readonly roles: readonly Role[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt?: string;
  /** Digest of who made it under which `Idempotency-Key`. */
  readonly request?: Digest;
  readonly revokedAt?: string;
  readonly revokedBy?: string;
}

/** An address that is told of events. */
export interface Webhook {
  readonly tenant: string;
  readonly webhook: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
  readonly status: 'active' | 'disabled';
  /** Why it is disabled. */
  readonly reason?: string;
  /** Which of its secrets is in use, from 1. The secrets themselves are in no log and no record. */
  readonly secretNumber: number;
  /** Those before it, the newest first, which messages are signed with as well until then. */
  readonly previousSecrets?: readonly { readonly number: number; readonly until: string }[];
  readonly createdAt: string;
  readonly createdBy: string;
}

/** A payload of a run's event that was erased. */
export interface Erasure {
  readonly tenant: string;
  readonly run: string;
  readonly seq: number;
  readonly reason: string;
  /** Digest of what is left of the payload. */
  readonly remains: Digest;
  readonly erasedAt: string;
  readonly erasedBy: string;
}

/** How long the runs of a tenant are kept that say nothing of it themselves. */
export interface Retention {
  readonly tenant: string;
  /** Days after a run's end. */
  readonly days: number;
  readonly setAt: string;
  readonly setBy: string;
}

/** What is left of a run that was removed. */
export interface RemovedRun {
  readonly tenant: string;
  readonly run: string;
  readonly agent: string;
  readonly endedAt: string;
  /** Where its chain ended. */
  readonly seq: number;
  readonly hash: Digest;
  readonly removedAt: string;
}

/** Rows of the records of a tenant, by kind. All of them are projections of its audit log. */
export interface RecordRows {
  readonly version: AgentVersion;
  readonly tenant: Tenant;
  readonly unsettled: Unsettled;
  readonly alias: Alias;
  readonly key: ApiKey;
  readonly webhook: Webhook;
  readonly erasure: Erasure;
  readonly retention: Retention;
  readonly removed: RemovedRun;
}

export type RecordKind = keyof RecordRows;

/** A row put in the place of the one with the same id; without a row, that one is removed. */
export type RecordChange = {
  [K in RecordKind]: {
    readonly kind: K;
    readonly tenant: string;
    readonly id: string;
    readonly row: RecordRows[K] | null;
  };
}[RecordKind];

/** Ids of records: unique per kind and tenant, those of keys and tenants altogether. */
export const recordIds = {
  version: (agent: string, number: string): string => `${agent}/${number}`,
  alias: (agent: string, alias: string): string => `${agent}/${alias}`,
  erasure: (run: string, seq: number): string => `${run}/${seq}`,
} as const;
