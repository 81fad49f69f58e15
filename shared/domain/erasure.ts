import { canonicalJson, sha256 } from './canonical.ts';
import { chainStart } from './chain.ts';
import type { Content, Digest } from './content.ts';
import type { EventPayloads, EventType, Outcome, RunEvent } from './events.ts';

/** Who has erased a payload, when and why; it stands in the event, and in the tenant's audit log before that. */
export interface ErasureNote {
  /** ISO time. */
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** What stands where a hash of something erased stood: from a hash without a salt, small contents could be guessed. */
export const erasedHash: Digest = chainStart;

/** Whether two hashes of an operation agree, as far as they are not erased. */
export function isSameHash(a: Digest, b: Digest): boolean {
  return a === b || a === erasedHash || b === erasedHash;
}

/**
 * The event without what was said in it. What its log needs to be folded is left: ids, numbers, kinds, times. Envelope
 * and digest stay as they are; the salt goes, or the payload could be guessed and held against the digest.
 */
export function eraseEvent(event: RunEvent, note: ErasureNote): RunEvent {
  const erase = remains[event.type] as (payload: RunEvent['payload']) => RunEvent['payload'];
  return { ...event, salt: '', payload: erase(event.payload), erased: note } as RunEvent;
}

/** Digest of what is left of a payload: the audit log keeps it, so that what is left cannot be changed later. */
export function remainsDigest({ payload }: Pick<RunEvent, 'payload'>): Digest {
  return sha256(canonicalJson(payload));
}

type Erasers = { readonly [T in EventType]: (payload: EventPayloads[T]) => EventPayloads[T] };

const nothing: Content = { inline: null };

/** What stands where a text must stand. */
const word = 'Erased';

const remains: Erasers = {
  'run.created': (payload) => ({ ...payload, input: nothing, tree: null }),
  'run.carried': (payload) => payload,
  'run.paused': ({ suspension }) => (suspension ? { suspension } : {}),
  'run.resumed': () => ({}),
  'run.cancel-requested': () => ({}),
  'signal.received': ({ name }) => ({ name, payload: null }),
  'operation.requested': (payload) => ({ ...payload, hash: erasedHash, request: nothing }),
  'operation.started': (payload) => payload,
  'operation.completed': ({ operation, record, outcome, signal }) => ({
    operation,
    ...(record ? { record: { kind: record.kind, hash: erasedHash, request: nothing } } : {}),
    outcome: outcomeLeft(outcome),
    ...(signal === undefined ? {} : { signal }),
  }),
  'operation.interrupted': ({ operation }) => ({ operation, reason: word }),
  'operation.late': ({ operation, outcome }) => ({ operation, outcome: outcomeLeft(outcome) }),
  'approval.requested': ({ approval, operation, role, expiresAt }) => ({
    approval,
    operation,
    hash: erasedHash,
    what: word,
    ...(role === undefined ? {} : { role }),
    expiresAt,
  }),
  'approval.approved': decisionLeft,
  'approval.denied': decisionLeft,
  'approval.expired': decisionLeft,
  'run.succeeded': () => ({ output: nothing }),
  'run.failed': ({ error }) => ({ error: { code: error.code, message: word } }),
  'run.cancelled': () => ({}),
};

function outcomeLeft(outcome: Outcome): Outcome {
  if (outcome.ok) return { ok: true, value: nothing };
  return { ok: false, error: { code: outcome.error.code, message: word } };
}

function decisionLeft({ approval, operation }: EventPayloads['approval.expired']) {
  return { approval, operation, hash: erasedHash };
}
