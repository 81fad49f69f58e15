import type { Digest } from '../content.ts';
import type { Actor } from '../events.ts';
import type { WebhookEvent } from '../webhooks/events.ts';
import type { AgentVersion, AliasShare, Role, Tenant } from './records.ts';

/** Payloads of the audit log by event type: what happens in a tenant outside its runs. */
export interface AuditPayloads {
  /** The first event of every tenant. */
  'tenant.created': { name?: string };
  'tenant.suspended': { reason?: string };
  'tenant.resumed': { reason?: string };
  /** Every run that had to be paused by the suspension, or resumed after it, is. */
  'tenant.settled': { status: Tenant['status']; runs: number };
  /** In the log of the platform: what was ordered for a tenant. It comes before the event in the tenant's own log. */
  'tenant.ordered': {
    tenant: string;
    order: 'create' | 'suspend' | 'resume';
    name?: string;
    reason?: string;
  };
  'agent.published': Omit<AgentVersion, 'tenant' | 'publishedAt' | 'publishedBy'>;
  'alias.set': { agent: string; alias: string; version: Digest; number: string; share?: AliasShare };
  'alias.removed': { agent: string; alias: string };
  'key.created': {
    key: string;
    name: string;
    secretDigest: Digest;
    roles: readonly Role[];
    expiresAt?: string;
    /** Digest of caller and `Idempotency-Key`. */
    request?: Digest;
  };
  /** Comes before the payload of a run's event is erased. */
  'payload.erased': {
    run: string;
    seq: number;
    reason: string;
    /** Digest of what is left of the payload. */
    remains: Digest;
  };
  /** From now on runs are removed so many days after their end; without days, they are kept. */
  'retention.set': { days?: number };
  /** An address was given by which the whole of it, and with `children` of what it called, can be fetched. */
  'run.exported': { run: string; children: boolean };
  /** Comes before a run is removed: what existed is told from what never did. */
  'run.removed': { run: string; agent: string; endedAt: string; seq: number; hash: Digest };
  'key.revoked': { key: string; reason?: string };
  'webhook.created': {
    webhook: string;
    url: string;
    events: readonly WebhookEvent[];
    description?: string;
  };
  'webhook.removed': { webhook: string };
  /** Its messages are signed with another secret, and until then with the one before as well. */
  'webhook.secret-changed': { webhook: string; secretNumber: number; previousUntil: string };
  /** Nothing is sent to it any more: it has answered that it is gone. */
  'webhook.disabled': { webhook: string; reason: string };
  /** A request that its credential did not allow. Those alike within a minute are one event. */
  'access.refused': {
    /** Error code: `auth.invalid`, `auth.forbidden` … */
    code: string;
    /** What was wrong, in the words of the answer. */
    message: string;
    /** Method and path template. */
    route: string;
    /** Who asked, as far as a good credential says. */
    subject?: string;
    /** Network address of who asked. */
    address?: string;
    times: number;
  };
}

export type AuditEventType = keyof AuditPayloads;

/** What the chain covers. */
export interface AuditEnvelope<T extends AuditEventType = AuditEventType> {
  /** Version of the event's shape. */
  readonly v: number;
  /** Unique and sortable by time. */
  readonly id: string;
  readonly tenant: string;
  /** From 1, without gaps. */
  readonly seq: number;
  readonly type: T;
  /** ISO 8601 UTC, milliseconds. */
  readonly at: string;
  readonly by: Actor;
  /** Chain hash of the event before; 64 zeros for the first. */
  readonly prev: Digest;
  /** SHA-256 over salt and canonical payload. */
  readonly digest: Digest;
}

export interface AuditEventOf<T extends AuditEventType> extends AuditEnvelope<T> {
  readonly salt: string;
  readonly payload: AuditPayloads[T];
}

/** Any event of an audit log: a union discriminated by `type`. */
export type AuditEvent = { [T in AuditEventType]: AuditEventOf<T> }[AuditEventType];

/** An event before it is sealed into the chain. */
export type AuditDraft = {
  [T in AuditEventType]: { readonly type: T; readonly by: Actor; readonly payload: AuditPayloads[T] };
}[AuditEventType];

/** Where an audit log ends; kept apart from its events. */
export interface AuditHead {
  readonly seq: number;
  /** Chain hash of the last event. */
  readonly hash: Digest;
  /** Its time: the next one is not before it. */
  readonly at: string;
}

/** Version that new events are written with. */
export const auditEventVersion = 1;
