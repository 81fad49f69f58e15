import type { Subscription } from '../../ports/connections.ts';
import type { Live } from './live.ts';
import type { NewsFrames } from './news-frames.ts';

/**
 * Sends one subscriber what it has not been sent. The frames go first and are noted then: a crash in between sends some of
 * them again, which a client passes over, and never leaves a gap.
 */
export async function tell(
  { connections, sender }: Pick<Live, 'connections' | 'sender'>,
  subscription: Subscription,
  news: NewsFrames,
): Promise<void> {
  const { connection } = subscription;
  const frames = await news.after(subscription.sent);
  for (const { text } of frames) {
    if ((await sender.send(connection, text)) === 'gone') return connections.close(connection);
  }
  const last = frames.at(-1);
  if (last?.ended) await connections.unsubscribe(subscription);
  else if (last) await connections.sent({ ...subscription, sent: last.seq });
}
