import type { Performer } from '../tasks/performer.ts';
import type { ActivityQueues } from './queues.ts';

/** Offers the tasks of activities to their workers; one that has been taken answers by its token. */
export function activityPerformer(queues: ActivityQueues): Performer {
  return {
    repeatable: ({ target }) => (target.kind === 'activity' ? true : undefined),
    async perform({ target, scheduled }, { facts, signal }) {
      if (target.kind !== 'activity') return;
      const task = { execution: facts.id, scheduled, input: target.input.text };
      queues.offer(target.arn, task);
      signal.addEventListener('abort', () => queues.withdraw(target.arn, task), { once: true });
    },
  };
}
