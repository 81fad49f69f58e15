import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { fanOut } from '../../../shared/application/live/fan-out.ts';
import type { Live, RunNews } from '../../../shared/application/live/live.ts';
import type { Logger } from '../../../shared/logging/logger.ts';
import { runId, tenantName } from '../../../shared/protocol/primitives.ts';

const news = z.object({ tenant: tenantName, run: runId, seq: z.int().min(1) });

/** News of one run, and the messages that brought it. */
interface Gathered {
  readonly news: RunNews;
  readonly messages: readonly string[];
}

export type FanOutHandler = (event: Pick<SQSEvent, 'Records'>) => Promise<SQSBatchResponse>;

/**
 * Fed by the queue of news: tells subscribers. Of several news of one run the last says all. What fails is delivered again,
 * and the rest is not; what can't be read goes that way into the dead-letter queue.
 */
export function liveFanOut(live: Live, log: Logger): FanOutHandler {
  return async ({ Records }) => {
    const { gathered, unreadable } = gather(Records);
    if (unreadable.length > 0) log.error('News that cannot be read', { messages: unreadable });
    const failed = await Promise.all(
      gathered.map(async ({ news: one, messages }) => {
        try {
          await fanOut(live, one);
          return [];
        } catch (error) {
          log.warn('Subscribers were not all told; it is tried again', { run: one.run, error });
          return messages;
        }
      }),
    );
    const failures = [...unreadable, ...failed.flat()];
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

function gather(records: readonly SQSRecord[]): { gathered: Gathered[]; unreadable: string[] } {
  const byRun = new Map<string, Gathered>();
  const unreadable: string[] = [];
  for (const { messageId, body } of records) {
    const read = news.safeParse(parsed(body));
    if (!read.success) {
      unreadable.push(messageId);
      continue;
    }
    const key = `${read.data.tenant}/${read.data.run}`;
    const before = byRun.get(key);
    const last = before && before.news.seq > read.data.seq ? before.news : read.data;
    byRun.set(key, { news: last, messages: [...(before?.messages ?? []), messageId] });
  }
  return { gathered: [...byRun.values()], unreadable };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
