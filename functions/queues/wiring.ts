import { newsByQueue } from '../../shared/application/live/news-by-queue.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import { later } from '../later.ts';
import { needed } from '../needed.ts';
import type { Besides, Part } from '../wired.ts';

const queue = (url: string): Queue => later(async () => (await import('./sqs/wiring.ts')).sqsQueue(url));

const deadLetters = (url: string): Required<Besides>['deadLetters'] =>
  later(async () => (await import('./sqs/wiring.ts')).sqsDeadLetters(url));

export const reconcileQueuePart: Part = ({ settings }) => ({
  reconcileQueue: queue(needed(settings, 'TANDEM_RECONCILE_QUEUE')),
});

export const refusalsQueuePart: Part = ({ settings }) => ({
  refusals: queue(needed(settings, 'TANDEM_REFUSALS_QUEUE')),
});

export const newsPart: Part = ({ settings, clock }, app) => {
  const hasSubscribers = async (tenant: string, run: string): Promise<boolean> =>
    (await app().connections?.hasSubscribers(tenant, run)) ?? false;
  const news = newsByQueue({
    queue: queue(needed(settings, 'TANDEM_LIVE_QUEUE')),
    connections: { hasSubscribers },
    clock,
  });
  return { news, lookAgain: news.lookAgain };
};

export const liveDeadPart: Part = ({ settings }) => ({
  deadLetters: deadLetters(needed(settings, 'TANDEM_LIVE_QUEUE')),
});

export const reconcileDeadPart: Part = ({ settings }) => ({
  deadLetters: deadLetters(needed(settings, 'TANDEM_RECONCILE_QUEUE')),
});

export const refusalsDeadPart: Part = ({ settings }) => ({
  deadLetters: deadLetters(needed(settings, 'TANDEM_REFUSALS_QUEUE')),
});
