import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Json } from '../../domain/json.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import type { DeadLetter } from './dead-letters.ts';

/** What is done with one message. What it throws is tried again, unless a retry would not help. */
export type Work = (body: Json, attempt: number) => Promise<void>;

export interface WorkOffOptions {
  readonly deadLetters: { put(letter: DeadLetter): Promise<void> };
  /** Deliveries after which a message is given up; fewer than the queue's own `maxReceiveCount`, which knows no reason. */
  readonly deliveries: number;
  /** Told of each failure, with whether the message is given up. */
  readonly onFailure?: (error: unknown, given: { readonly up: boolean; readonly messageId: string }) => void;
}

type Outcome = { readonly itemIdentifier: string } | undefined;

/**
 * Works off what SQS feeds a function: messages that failed are delivered again, the others of the batch are not. One that
 * is no JSON, that a retry does not help, or that has failed too often, goes to the dead letters with its reason.
 */
export async function workOff(
  records: readonly SQSRecord[],
  work: Work,
  options: WorkOffOptions,
): Promise<SQSBatchResponse> {
  const outcomes = await Promise.all(records.map((record) => workOffOne(record, work, options)));
  return { batchItemFailures: outcomes.filter((outcome) => outcome !== undefined) };
}

async function workOffOne(record: SQSRecord, work: Work, options: WorkOffOptions): Promise<Outcome> {
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const again = { itemIdentifier: record.messageId };
  try {
    await work(bodyOf(record), attempt);
    return undefined;
  } catch (error) {
    const up = isHopeless(error) || attempt >= options.deliveries;
    options.onFailure?.(error, { up, messageId: record.messageId });
    if (!up) return again;
    const letter = { body: record.body, reason: reasonOf(error), attempt };
    return options.deadLetters.put(letter).then(
      () => undefined,
      () => again,
    );
  }
}

/** A message that is no JSON. */
class Unreadable extends Error {}

function bodyOf({ body }: SQSRecord): Json {
  try {
    return JSON.parse(body) as Json;
  } catch (cause) {
    throw new Unreadable('The message is not JSON.', { cause });
  }
}

const isHopeless = (error: unknown): boolean =>
  error instanceof Unreadable || (isTandemError(error) && !error.retryable);

function reasonOf(error: unknown): string {
  if (isTandemError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
