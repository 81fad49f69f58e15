import { SQSClient } from '@aws-sdk/client-sqs';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/**
 * The client of SQS, one a process. The endpoint counts, not the host in a queue's address: in the twin that host is known
 * to nobody.
 */
export const sqsClient = once(() => new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false }));
