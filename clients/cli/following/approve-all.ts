import { isApiError } from '../../sdk/api-error.ts';
import type { TandemClient } from '../../sdk/client.ts';
import type { Decider } from './decider.ts';

/** Approves whatever comes: `--yes`. */
export function approveAll(client: () => TandemClient): Decider {
  return {
    async consider(open) {
      for (const { approval } of open) {
        await client()
          .approve(approval, 'approved by --yes')
          .catch((error: unknown) => {
            if (!isApiError(error, 'approval.decided')) throw error;
          });
      }
    },
    question: () => undefined,
    close: () => {},
  };
}
