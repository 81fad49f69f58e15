import type { App } from '../shared/application/app.ts';
import { Courier } from '../shared/application/webhooks/courier.ts';
import type { Logger } from '../shared/logging/logger.ts';

/** Has webhooks told what they ask for, from now on; returns how to end that. */
export function startCourier(app: App, log: Logger): () => Promise<void> {
  const courier = new Courier(app, {
    failed: (error) => log.error('A webhook could not be told yet; it is tried again', { error }),
  });
  courier.start();
  return () => courier.stop();
}
