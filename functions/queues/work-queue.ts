import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { type Work, workOff } from '../../shared/aws/sqs/work-off.ts';
import type { Wired } from '../wired.ts';

/** How often a message is delivered before it is given up; the queue itself, which knows no reason, gives up later. */
const deliveries = 4;

/** Works off the messages that a queue feeds a function; the log tells of each failure, and the dead letters of the last. */
export function workQueue(
  { log, deadLetters }: Wired,
  records: readonly SQSRecord[],
  work: Work,
): Promise<SQSBatchResponse> {
  if (deadLetters === undefined) throw new Error('No queue feeds this function');
  return workOff(records, work, {
    deadLetters,
    deliveries,
    onFailure: (error, { up, messageId }) =>
      up
        ? log.error('A message was given up', { messageId, error })
        : log.warn('A message could not be worked off yet; it comes again', { messageId, error }),
  });
}
