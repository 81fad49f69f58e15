import { canonicalJson, sha256 } from '../canonical.ts';
import { chainStart, payloadDigest, type Seal } from '../chain.ts';
import type { Digest } from '../content.ts';
import {
  type AuditDraft,
  type AuditEnvelope,
  type AuditEvent,
  type AuditHead,
  auditEventVersion,
} from './events.ts';

/** Where a log without events ends. */
export const emptyAudit: AuditHead = { seq: 0, hash: chainStart, at: '' };

/** Chain hash of an event: SHA-256 over the canonical JSON of its envelope. */
export function auditHash(event: AuditEnvelope): Digest {
  const { at, by, digest, id, prev, seq, tenant, type, v } = event;
  return sha256(canonicalJson({ at, by, digest, id, prev, seq, tenant, type, v }));
}

/** Links a draft to the end of a tenant's log. Time never runs backwards within it, whatever the clock does. */
export function sealAudit(tenant: string, head: AuditHead, { draft, seal }: SealedDraft): AuditEvent {
  const { at } = head.at > seal.at ? head : seal;
  return {
    v: auditEventVersion,
    id: seal.id,
    tenant,
    seq: head.seq + 1,
    type: draft.type,
    at,
    by: draft.by,
    prev: head.hash,
    digest: payloadDigest(seal.salt, draft.payload),
    salt: seal.salt,
    payload: draft.payload,
  } as AuditEvent;
}

interface SealedDraft {
  readonly draft: AuditDraft;
  readonly seal: Seal;
}

/** Where the log ends after an event. */
export function headAfter(event: AuditEvent): AuditHead {
  return { seq: event.seq, hash: auditHash(event), at: event.at };
}
