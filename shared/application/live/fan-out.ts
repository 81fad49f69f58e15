import type { Subscription } from '../../ports/connections.ts';
import { isSuspended } from '../tenants/serve.ts';
import type { Live, RunNews } from './live.ts';
import { NewsFrames } from './news-frames.ts';
import { tell } from './tell.ts';

/** Subscribers that are told at the same time. */
const atOnce = 16;

/**
 * Tells everybody who is subscribed to a run what has happened in it. News that is late, doubled or lost does no harm:
 * what is sent depends on what each has been sent, not on the news. Throws when somebody could not be reached for a reason
 * that may pass; the others have been told.
 */
export async function fanOut(live: Live, { tenant, run, seq }: RunNews): Promise<void> {
  const news = new NewsFrames(live, { tenant, run });
  const failures: unknown[] = [];
  let served: boolean | undefined;
  for await (const page of live.connections.subscribers(tenant, run)) {
    const waiting = page.filter(({ sent }) => sent < seq);
    if (waiting.length === 0) continue;
    served ??= !(await isSuspended(live, tenant));
    if (!served) return;
    failures.push(...(await tellAll(live, waiting, news)));
  }
  if (failures.length > 0) throw failures[0];
}

async function tellAll(
  live: Live,
  subscriptions: readonly Subscription[],
  news: NewsFrames,
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const left = subscriptions.values();
  const workers = Array.from({ length: Math.min(atOnce, subscriptions.length) }, async () => {
    for (const subscription of left) {
      await tell(live, subscription, news).catch((error: unknown) => failures.push(error));
    }
  });
  await Promise.all(workers);
  return failures;
}
