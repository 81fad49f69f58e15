import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../../../shared/logging/logger.ts';

/** Between two attempts, in milliseconds: the stack is deployed meanwhile. */
const againMs = 2_000;

export interface OwnTenantOptions {
  /** The address of the twin on its own network. */
  readonly gateway: string;
  /** A token of who runs the platform. */
  readonly token: () => string;
  readonly log: Logger;
  readonly stop: AbortSignal;
}

/**
 * Makes the tenant `local`, of which the first account is: as soon as there is somebody to ask. Where it is there already,
 * nothing is changed.
 */
export async function makeOwnTenant({ gateway, token, log, stop }: OwnTenantOptions): Promise<void> {
  for (;;) {
    const answer = await fetch(`${gateway}/v1/tenants`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ tenant: 'local' }),
      signal: stop,
    }).catch(() => undefined);
    if (stop.aborted) return;
    if (answer?.ok) return log.info('The tenant local is there');
    await pause(againMs, undefined, { signal: stop }).catch(() => {});
  }
}
