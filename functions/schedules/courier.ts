import type { Context } from 'aws-lambda';
import { deliverDue } from '../../shared/application/webhooks/round.ts';
import type { Wire } from '../wired.ts';

/** What a function needs at its end, in milliseconds: a request that was begun takes ten seconds, and is recorded. */
const partingMs = 20_000;

/** Sends webhooks what is due to them. */
export function courierFunction(wire: Wire): (event: unknown, context: Context) => Promise<void> {
  return async (_, context) => {
    const { app, log } = await wire();
    const sent = await deliverDue(app, {
      until: app.clock.now() + context.getRemainingTimeInMillis() - partingMs,
      failed: (error) => log.error('A webhook could not be told yet; it is tried again', { error }),
    });
    if (sent > 0) log.info('Webhooks were told', { requests: sent });
  };
}
