import { sqsClient } from '../../../shared/aws/sdk/sqs.ts';
import { DeadLetters } from '../../../shared/aws/sqs/dead-letters.ts';
import { SqsQueue } from '../../../shared/aws/sqs/queue.ts';

export const sqsQueue = (url: string): SqsQueue => new SqsQueue({ client: sqsClient(), url });

/** Of the queue with the address `url`. */
export const sqsDeadLetters = (url: string): DeadLetters => new DeadLetters({ client: sqsClient(), url });
