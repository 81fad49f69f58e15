import type { Logger } from '../shared/logging/logger.ts';
import type { Background } from '../shared/ports/background.ts';

/** Work of a server goes on after the answer. */
export function background(log: Logger): Background {
  return {
    async run(work) {
      work().catch((error: unknown) =>
        log.warn('Background work failed; the reconciler makes up for it', { error }),
      );
    },
  };
}
