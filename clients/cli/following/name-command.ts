import type { OpenApproval } from '../timeline/entry.ts';
import type { Decider } from './decider.ts';

/** Nobody can be asked here: says, once for each approval, how to decide it from elsewhere. */
export function nameCommand(tell: (approval: OpenApproval) => void): Decider {
  const told = new Set<string>();
  return {
    async consider(open) {
      for (const approval of open) {
        if (told.has(approval.approval)) continue;
        told.add(approval.approval);
        tell(approval);
      }
    },
    question: () => undefined,
    close: () => {},
  };
}
