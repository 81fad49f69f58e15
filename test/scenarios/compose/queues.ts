import { setTimeout as pause } from 'node:timers/promises';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

/** How often it is looked whether queues are empty, in milliseconds. */
const lookEveryMs = 500;

const counted = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** Resolves when nothing waits in the queues of LocalStack: what does is gone when it ends, also in good order. */
export async function workedOff(): Promise<void> {
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: 'http://localhost:4566',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    useQueueUrlAsEndpoint: false,
  });
  try {
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
    const isEmpty = async (QueueUrl: string): Promise<boolean> => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counted] });
      const { Attributes = {} } = await client.send(asked);
      return counted.every((name) => Number(Attributes[name] ?? 0) === 0);
    };
    // Letters that nobody could deliver stay where they are.
    for (const url of QueueUrls.filter((one) => !/-(dead|failed)$/.test(one)))
      while (!(await isEmpty(url))) await pause(lookEveryMs);
  } finally {
    client.destroy();
  }
}
