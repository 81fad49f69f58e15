import type { Logger } from '../shared/logging/logger.ts';
import type { Background } from '../shared/ports/background.ts';

/** A function is stopped once it has answered: what a request sets going is done before that. */
export function background(log: Logger): Background {
  return {
    async run(work) {
      await work().catch((error: unknown) =>
        log.warn('Background work failed; the reconciler makes up for it', { error }),
      );
    },
  };
}
