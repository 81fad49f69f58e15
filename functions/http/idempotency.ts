import type { Idempotency } from '../../shared/application/api/runs.ts';
import { canonicalJson, sha256 } from '../../shared/domain/canonical.ts';

/** What a use case is given of an `Idempotency-Key`, if there is one: the key, and what stands under it. */
export function idempotencyOf(call: { readonly idempotencyKey?: string; readonly body: unknown }): {
  readonly idempotency?: Idempotency;
} {
  const { idempotencyKey: key, body } = call;
  return key === undefined ? {} : { idempotency: { key, body: sha256(canonicalJson(body)) } };
}

/** Tells the client that an earlier request under its key had done what it asks for. */
export function replayedHeader(replayed: boolean): Readonly<Record<string, string>> {
  return replayed ? { 'idempotency-replayed': 'true' } : {};
}
