import type { RefusedAccess } from '../shared/application/audit/refusals.ts';
import type { Json } from '../shared/domain/json.ts';
import type { Refusal } from './middleware/refusal.ts';
import type { Wired } from './wired.ts';

/** Refusals of one function on their way into the queue. */
export interface NotedRefusals {
  readonly refused: (refusal: Refusal) => void;
  /** Resolves once all are there: what is not sent before the answer may never be. */
  sent(): Promise<unknown>;
}

/**
 * Refusals are put into a queue before the answer: whoever writes audit logs does so from there, and functions that know
 * callers need no right to. Nobody is answered otherwise because a refusal could not be noted.
 */
export function notedRefusals({ refusals, log }: Pick<Wired, 'refusals' | 'log'>): NotedRefusals {
  const sending = new Set<Promise<void>>();
  const send = async ({ caller, requestId: _, ...refusal }: Refusal): Promise<void> => {
    const noted: RefusedAccess = {
      ...refusal,
      ...(caller && { tenant: caller.tenant, subject: caller.subject }),
    };
    await refusals
      ?.send(noted as unknown as Json)
      .catch((error: unknown) => log.warn('A refusal was not noted', { error }));
  };
  return {
    refused(refusal) {
      const sent = send(refusal).finally(() => sending.delete(sent));
      sending.add(sent);
    },
    sent: () => Promise.all(sending),
  };
}
