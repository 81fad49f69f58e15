import { setTimeout as pause } from 'node:timers/promises';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';

/** How often it is looked whether queues are empty, in milliseconds. */
const lookEveryMs = 500;

const counted = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** How long they may take, in milliseconds. */
const patienceMs = 60_000;

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
    const deadline = Date.now() + patienceMs;
    const isEmpty = async (QueueUrl: string): Promise<boolean> => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counted] });
      const { Attributes = {} } = await client.send(asked);
      const empty = counted.every((name) => Number(Attributes[name] ?? 0) === 0);
      if (empty || Date.now() < deadline) return empty;
      throw new Error(`${QueueUrl} is not worked off: ${JSON.stringify(Attributes)}`);
    };
    // Letters that nobody could deliver stay where they are.
    for (const url of QueueUrls.filter((one) => !/-(dead|failed)$/.test(one)))
      while (!(await isEmpty(url))) await pause(lookEveryMs);
  } finally {
    client.destroy();
  }
}
