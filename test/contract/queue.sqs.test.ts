import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeadLetters } from '../../shared/aws/sqs/dead-letters.ts';
import { SqsQueue } from '../../shared/aws/sqs/queue.ts';
import { type Localstack, localstackAbsent, startLocalstack } from '../support/localstack.ts';
import { reportAbsent, reportAdapter } from './adapters-report.ts';
import { describeQueue } from './queue.contract.ts';

function describeSqs(localstack: Localstack): void {
  const client = new SQSClient({ ...localstack.settings, useQueueUrlAsEndpoint: false });
  after(() => client.destroy());
  const makeQueue = async (QueueName: string): Promise<string> =>
    (await client.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? '';

  describeQueue(
    'SQS',
    async () => {
      const url = await makeQueue(`queue-${randomBytes(8).toString('hex')}`);
      const open = () => ({ queue: new SqsQueue({ client, url }), reopen: async () => open() });
      return open();
    },
    { visibleAfter: 4, delay: 4 },
  );

  describe('dead letters on SQS', () => {
    test('are found with their reason', async () => {
      const url = await makeQueue(`queue-${randomBytes(8).toString('hex')}`);
      const dead = await makeQueue(`${url.split('/').at(-1)}-dead`);
      assert.equal(dead, `${url}-dead`);
      await new DeadLetters({ client, url }).put({
        body: '{oh',
        reason: 'The message is not JSON.',
        attempt: 1,
      });
      const asked = new ReceiveMessageCommand({ QueueUrl: dead, MessageAttributeNames: ['All'] });
      const [letter] = (await client.send(asked)).Messages ?? [];
      assert.equal(letter?.Body, '{oh');
      assert.equal(letter.MessageAttributes?.['reason']?.StringValue, 'The message is not JSON.');
      assert.equal(letter.MessageAttributes['attempt']?.StringValue, '1');
    });

    test('are not kept where there is no queue for them', async () => {
      const url = await makeQueue(`queue-${randomBytes(8).toString('hex')}`);
      const letters = new DeadLetters({ client, url });
      await assert.rejects(letters.put({ body: '1', reason: '', attempt: 1 }), { code: 'cloud.absent' });
    });
  });
}

const absent = localstackAbsent();
if (absent === undefined) {
  const localstack = await startLocalstack();
  reportAdapter({ adapter: 'SQS', against: localstack.about });
  after(() => localstack.stop());
  describeSqs(localstack);
} else {
  reportAbsent('SQS', absent);
}
