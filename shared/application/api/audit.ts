import type { AuditEvent, AuditHead } from '../../domain/audit/events.ts';
import type { AuditFinding } from '../../domain/audit/verify.ts';
import type { Principal } from '../../ports/identity.ts';

export interface AuditUseCases {
  /** What has happened in the caller's tenant outside its runs. */
  readAudit(caller: Principal, query: AuditQuery): Promise<AuditEvents>;
  /** Checks the whole log. */
  verifyAudit(caller: Principal): Promise<AuditVerification>;
  /** What has happened outside the tenants: what was ordered for them, and who was refused before their tenant was known. */
  readPlatformAudit(caller: Principal, query: AuditQuery): Promise<AuditEvents>;
  verifyPlatformAudit(caller: Principal): Promise<AuditVerification>;
}

export interface AuditQuery {
  /** Sequence number of the last event that is known. */
  readonly after: number;
  readonly limit: number;
  /** A type, or a family of them: `key` stands for `key.created` and `key.revoked`. */
  readonly type?: string;
  /** How long to wait for an event when there is none after `after`. */
  readonly waitMs: number;
}

export interface AuditEvents {
  readonly events: readonly AuditEvent[];
  /** Where the next page begins. */
  readonly after: number;
  /** Whether the log holds more events after these. */
  readonly more: boolean;
  /** Sequence number of the last event of the log. */
  readonly last: number;
}

export interface AuditVerification {
  readonly tenant: string;
  /** Events that are sound. */
  readonly events: number;
  readonly findings: readonly AuditFinding[];
  readonly head: AuditHead | null;
}
