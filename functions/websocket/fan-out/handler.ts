import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { fanOut } from '../../../shared/application/live/fan-out.ts';
import type { Live, RunNews } from '../../../shared/application/live/live.ts';
import { type WorkOffOptions, workOff } from '../../../shared/aws/sqs/work-off.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import type { Logger } from '../../../shared/logging/logger.ts';
import { runId, tenantName } from '../../../shared/protocol/primitives.ts';
import { schema } from '../../../shared/protocol/schema.ts';

const news = schema(() => z.object({ tenant: tenantName(), run: runId(), seq: z.int().min(1) }));

export interface FanOut {
  readonly live: Live;
  readonly log: Logger;
  readonly deadLetters: WorkOffOptions['deadLetters'];
}

export type FanOutHandler = (event: Pick<SQSEvent, 'Records'>) => Promise<SQSBatchResponse>;

/** News is a hint: who hears of it much later has long asked for it. */
const deliveries = 3;

/**
 * Fed by the queue of news: tells subscribers. What fails is delivered again, and the rest of the batch is not; what can't
 * be read, or fails too often, goes to the dead letters with its reason.
 */
export function liveFanOut({ live, log, deadLetters }: FanOut): FanOutHandler {
  return ({ Records }) => {
    const tell = onceForEachRun((one) => fanOut(live, one), Records);
    return workOff(Records, (body) => tell(newsOf(body)), {
      deadLetters,
      deliveries,
      onFailure: (error, { up }) =>
        log[up ? 'error' : 'warn']('Subscribers were not all told', { error, givenUp: up }),
    });
  };
}

/** Of several news of one run in a batch the last says all. */
function onceForEachRun(
  tell: (news: RunNews) => Promise<void>,
  records: readonly { readonly body: string }[],
): (news: RunNews) => Promise<void> {
  const last = new Map<string, number>();
  for (const { body } of records) {
    const read = news().safeParse(parsed(body));
    if (read.success) last.set(keyOf(read.data), Math.max(read.data.seq, last.get(keyOf(read.data)) ?? 0));
  }
  const told = new Map<string, Promise<void>>();
  return (one) => {
    const key = keyOf(one);
    const telling = told.get(key) ?? tell({ ...one, seq: last.get(key) ?? one.seq });
    told.set(key, telling);
    return telling;
  };
}

function newsOf(body: Json): RunNews {
  const read = news().safeParse(body);
  if (read.success) return read.data;
  throw new TandemError('request.invalid', { message: 'The message is no news of a run', cause: read.error });
}

const keyOf = ({ tenant, run }: Pick<RunNews, 'tenant' | 'run'>): string => `${tenant}/${run}`;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
