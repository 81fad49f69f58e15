import { canonicalJson, sha256 } from './canonical.ts';
import type { Digest } from './content.ts';
import { type Envelope, type EventDraft, eventVersion, type RunEvent } from './events.ts';

/** `prev` of a run's first event. */
export const chainStart: Digest = '0'.repeat(64);

/** Where a chain stands: what the next event links to. */
export interface ChainPosition {
  readonly tenant: string;
  readonly run: string;
  readonly seq: number;
  readonly hash: Digest;
}

/** What the outside gives a new event. `salt` is 32 hexadecimal characters. */
export interface Seal {
  readonly id: string;
  readonly at: string;
  readonly salt: string;
}

/** Digest of a payload: salted, so that an erased payload can't be guessed from it. */
export function payloadDigest(salt: string, payload: unknown): Digest {
  return sha256(salt + canonicalJson(payload));
}

/**
 * Chain hash of an event: SHA-256 over the canonical JSON of its envelope. The literal lists the members in canonical
 * order, which makes plain serialisation canonical; this runs for every event.
 */
export function eventHash(event: Envelope): Digest {
  const { at, by, digest, id, prev, run, seq, tenant, type, v } = event;
  return sha256(JSON.stringify({ at, by, digest, id, prev, run, seq, tenant, type, v }));
}

/** Links a draft to the end of a chain. */
export function sealEvent(draft: EventDraft, position: ChainPosition, seal: Seal): RunEvent {
  return {
    v: eventVersion,
    id: seal.id,
    tenant: position.tenant,
    run: position.run,
    seq: position.seq + 1,
    type: draft.type,
    at: seal.at,
    by: draft.by,
    prev: position.hash,
    digest: payloadDigest(seal.salt, draft.payload),
    salt: seal.salt,
    payload: draft.payload,
  } as RunEvent;
}
