import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { DeadLetters } from './dead-letters.ts';
import { SqsQueue } from './queue.ts';

const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/tandem-dev-reconcile';

function open(answer: (input: Record<string, unknown>) => unknown) {
  const client = {
    send: async ({ input }: { readonly input: Record<string, unknown> }) => answer(input),
  } as unknown as SQSClient;
  return { queue: new SqsQueue({ client, url }), dead: new DeadLetters({ client, url }) };
}

const throwing =
  (name: string, status = 400) =>
  () => {
    throw Object.assign(new Error(name), { name, $metadata: { httpStatusCode: status } });
  };

describe('a queue on SQS', () => {
  it('asks for ten messages at most and says how often each was delivered', async () => {
    const { queue } = open(({ MaxNumberOfMessages }) => {
      assert.equal(MaxNumberOfMessages, 10);
      return {
        Messages: [{ ReceiptHandle: 'r', Body: '{"a":1}', Attributes: { ApproximateReceiveCount: '4' } }],
      };
    });
    assert.deepEqual(await queue.receive(50, 30), [{ id: 'r', body: { a: 1 }, attempt: 4 }]);
  });

  it('takes no delay that SQS does not take', async () => {
    const { queue } = open(({ DelaySeconds }) => assert.equal(DelaySeconds, 900));
    await queue.send(1, { delaySeconds: 899.5 });
    await assert.rejects(queue.send(1, { delaySeconds: 901 }), { code: 'limit.exceeded' });
  });

  it('does not mind a receipt that is used up', async () => {
    await open(throwing('ReceiptHandleIsInvalid')).queue.delete('r');
    await assert.rejects(open(throwing('RequestThrottled')).queue.delete('r'), { code: 'cloud.unavailable' });
  });

  for (const [name, status, code] of [
    ['QueueDoesNotExist', 400, 'cloud.absent'],
    ['AccessDenied', 403, 'cloud.denied'],
    ['InternalFailure', 500, 'cloud.unavailable'],
  ] as const) {
    it(`that answers ${name} is ${code}`, async () => {
      const { queue } = open(throwing(name, status));
      await assert.rejects(queue.send(1), { code });
      await assert.rejects(queue.receive(1, 30), { code });
    });
  }
});

describe('dead letters on SQS', () => {
  it('lie beside their queue, with the reason and how often they were delivered', async () => {
    const { dead } = open((input) => {
      assert.deepEqual(input, {
        QueueUrl: `${url}-dead`,
        MessageBody: '{oh',
        MessageAttributes: {
          reason: { DataType: 'String', StringValue: 'Not JSON\ufffd.' },
          attempt: { DataType: 'Number', StringValue: '3' },
        },
      });
    });
    await dead.put({ body: '{oh', reason: 'Not JSON\u0000.', attempt: 3 });
  });

  it('are not kept when SQS does not take them', async () => {
    const { dead } = open(throwing('RequestThrottled'));
    await assert.rejects(dead.put({ body: '1', reason: '', attempt: 1 }), { code: 'cloud.unavailable' });
  });
});
