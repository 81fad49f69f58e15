import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { IdempotencyRecord } from '../../ports/event-log.ts';
import type { Principal } from '../../ports/identity.ts';
import type { Idempotency } from '../api/runs.ts';
import { type App, isoNow } from '../app.ts';

interface KeyedRequest {
  /** Keys are apart by route and caller (rule 3). */
  readonly route: 'startRun' | 'signalRun';
  readonly idempotency: Idempotency | undefined;
  /** The run that the request creates or changes. */
  readonly resource: () => string;
}

/** What is committed with the first event of a request under a key; nothing for a request without one. */
export function idempotencyRecord(
  app: App,
  { subject }: Principal,
  { route, idempotency, resource }: KeyedRequest,
): IdempotencyRecord | undefined {
  if (!idempotency) return undefined;
  // The caller's name is encoded, so that no colon in it can make its keys another caller's.
  const key = `${route}:${encodeURIComponent(subject)}:${idempotency.key}`;
  return { key, body: idempotency.body, resource: resource(), at: isoNow(app) };
}

/** The run of an earlier request under the same key; throws `idempotency.conflict` if its body was another. */
export async function earlierRun(
  app: App,
  tenant: string,
  record: IdempotencyRecord,
): Promise<string | undefined> {
  const earlier = await app.log.forTenant(tenant).idempotency(record.key);
  if (!earlier || Date.parse(record.at) - Date.parse(earlier.at) >= limits.idempotencyMs) return undefined;
  const details = { run: earlier.resource };
  if (earlier.body !== record.body) throw new TandemError('idempotency.conflict', { details });
  return earlier.resource;
}
