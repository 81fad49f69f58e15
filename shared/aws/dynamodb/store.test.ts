import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WriteRefused } from './retries.ts';
import { type Client, openDynamoStore } from './store.ts';
import { put } from './writes.ts';

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: { readonly ClientRequestToken?: string; readonly RequestItems?: Record<string, unknown[]> };
}

type Answer = object | Error;

const failure = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name }, more);

const cancelled = (...codes: readonly string[]): Error =>
  failure('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({
      Code,
      ...(Code === 'ConditionalCheckFailed' ? { Item: { seq: { N: '7' } } } : {}),
    })),
  });

/** A store whose client answers as told, the last answer for ever. */
function storeThat(...answers: readonly Answer[]) {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const send = async (command: Sent) => {
    sent.push(command);
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  };
  let tokens = 0;
  const store = openDynamoStore({
    client: { send } as unknown as Client,
    table: 'tandem-test',
    random: () => 0.5,
    pause: async (milliseconds) => void pauses.push(milliseconds),
    token: () => `token-${++tokens}`,
  });
  return { store, sent, pauses };
}

const write = put('tandem-test-log', { pk: { S: 'a' }, sk: { S: 'b' } });

describe('what DynamoDB answers', () => {
  test('a transaction in the way of another is sent again as it was, after pauses of random length', async () => {
    const { store, sent, pauses } = storeThat(
      cancelled('None', 'TransactionConflict'),
      cancelled('ThrottlingError', 'ProvisionedThroughputExceeded'),
      failure('TransactionInProgressException'),
      {},
    );
    await store.transact([write, write]);
    assert.deepEqual(
      sent.map(({ input }) => input),
      Array.from({ length: 4 }, () => sent[0]?.input),
    );
    assert.equal(sent[3]?.input.ClientRequestToken, 'token-1');
    assert.deepEqual(pauses, [10, 20, 40], 'half of what grows twofold');
  });

  test('another transaction has another token', async () => {
    const { store, sent } = storeThat({});
    await store.transact([write]);
    await store.transact([write]);
    assert.deepEqual(
      sent.map(({ input }) => input.ClientRequestToken),
      ['token-1', 'token-2'],
    );
  });

  test('a condition that does not hold is told at once, whatever else stood in the way', async () => {
    const { store, sent } = storeThat(cancelled('ConditionalCheckFailed', 'TransactionConflict'));
    await assert.rejects(store.transact([write, write]), (error) => {
      assert.ok(error instanceof WriteRefused);
      assert.deepEqual(error.items, [{ item: { seq: { N: '7' } } }, undefined]);
      return true;
    });
    assert.equal(sent.length, 1);
    const single = storeThat(failure('ConditionalCheckFailedException'));
    assert.equal(await single.store.write(write), false);
    assert.equal(single.sent.length, 1);
  });

  test('what does not pass is given up in the end, and named', async () => {
    const passing = [
      failure('ProvisionedThroughputExceededException'),
      failure('RequestLimitExceeded'),
      failure('ThrottlingException'),
      failure('InternalServerError'),
      failure('TimeoutError'),
      failure('Error', { code: 'ECONNREFUSED' }),
      failure('Whatever', { $metadata: { httpStatusCode: 503 } }),
    ];
    for (const error of passing) {
      const { store, sent, pauses } = storeThat(error);
      await assert.rejects(store.get('tandem-test-log', { pk: 'a' }), { code: 'store.unavailable' });
      assert.deepEqual([sent.length, pauses.length], [4, 3], error.name);
    }
    const stuck = storeThat(cancelled('TransactionConflict'));
    await assert.rejects(stuck.store.transact([write]), { code: 'store.unavailable' });
    assert.equal(stuck.sent.length, 12);
    assert.ok(Math.max(...stuck.pauses) <= 500, 'half of a second at most');
  });

  test('what no patience helps is told at once', async () => {
    for (const [name, code] of [
      ['AccessDeniedException', 'store.denied'],
      ['UnrecognizedClientException', 'store.denied'],
      ['CredentialsProviderError', 'store.denied'],
      ['ResourceNotFoundException', 'store.absent'],
    ] as const) {
      const { store, sent } = storeThat(failure(name));
      await assert.rejects(store.get('tandem-test-log', { pk: 'a' }), { code });
      assert.equal(sent.length, 1);
    }
    const ours = failure('ValidationException');
    for (const error of [ours, cancelled('ValidationError')]) {
      const { store, sent } = storeThat(error);
      await assert.rejects(store.transact([write]), (thrown) => thrown === error);
      assert.equal(sent.length, 1);
    }
  });

  test('what a batch leaves undone is asked for again, and only that', async () => {
    const left = { PutRequest: { Item: { pk: { S: 'b' } } } };
    const { store, sent, pauses } = storeThat({ UnprocessedItems: { t: [left] } }, {});
    await store.writeAll('t', [{ put: { pk: { S: 'a' } } }, { put: { pk: { S: 'b' } } }]);
    assert.deepEqual(
      sent.map(({ input }) => input.RequestItems?.['t']?.length),
      [2, 1],
    );
    assert.equal(pauses.length, 1);
  });
});
