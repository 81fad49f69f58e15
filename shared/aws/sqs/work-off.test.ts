import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SQSRecord } from 'aws-lambda';
import { TandemError } from '../../errors/tandem-error.ts';
import type { DeadLetter } from './dead-letters.ts';
import { type Work, workOff } from './work-off.ts';

const record = (messageId: string, body: string, attempt = 1) =>
  ({ messageId, body, attributes: { ApproximateReceiveCount: String(attempt) } }) as SQSRecord;

async function feed(records: readonly SQSRecord[], work: Work, put?: (letter: DeadLetter) => Promise<void>) {
  const letters: DeadLetter[] = [];
  const failures: string[] = [];
  const keep = async (letter: DeadLetter) => void letters.push(letter);
  const { batchItemFailures } = await workOff(records, work, {
    deadLetters: { put: put ?? keep },
    deliveries: 3,
    onFailure: (_error, { messageId, up }) => failures.push(`${messageId} ${up ? 'given up' : 'again'}`),
  });
  return { again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), letters, failures };
}

const broken = () => Promise.reject(new Error('It broke.'));

describe('a batch of messages', () => {
  it('is done with when all are', async () => {
    const done: unknown[] = [];
    const work: Work = async (body, attempt) => void done.push([body, attempt]);
    const { again, letters } = await feed([record('a', '{"run":"run_1"}'), record('b', 'null', 2)], work);
    assert.deepEqual([again, letters], [[], []]);
    assert.deepEqual(done, [
      [{ run: 'run_1' }, 1],
      [null, 2],
    ]);
  });

  it('is tried again for those that failed, and for no other', async () => {
    const work: Work = (body) => (body === 2 ? broken() : Promise.resolve());
    const { again, letters, failures } = await feed(
      [record('a', '1'), record('b', '2'), record('c', '3')],
      work,
    );
    assert.deepEqual([again, letters, failures], [['b'], [], ['b again']]);
  });

  it('gives up one that has failed too often, with the reason', async () => {
    const { again, letters, failures } = await feed([record('a', '1', 2), record('b', '2', 3)], broken);
    assert.deepEqual(again, ['a']);
    assert.deepEqual(letters, [{ body: '2', reason: 'It broke.', attempt: 3 }]);
    assert.deepEqual(failures, ['a again', 'b given up']);
  });

  it('gives up at once what a retry does not help', async () => {
    const { again, letters } = await feed([record('a', '1')], async () => {
      throw new TandemError('request.invalid', { message: 'No such run.' });
    });
    assert.deepEqual(again, []);
    assert.deepEqual(letters, [{ body: '1', reason: 'request.invalid: No such run.', attempt: 1 }]);
  });

  it('keeps what may pass', async () => {
    const { again } = await feed([record('a', '1')], async () => {
      throw new TandemError('engine.unavailable');
    });
    assert.deepEqual(again, ['a']);
  });

  it('gives up what is not JSON, as it came', async () => {
    const { again, letters } = await feed([record('a', '{oh')], async () =>
      assert.fail('It is not worked on.'),
    );
    assert.deepEqual(again, []);
    assert.deepEqual(letters, [{ body: '{oh', reason: 'The message is not JSON.', attempt: 1 }]);
  });

  it('loses nothing while the dead letters take nothing', async () => {
    const { again } = await feed([record('a', '{oh')], async () => {}, broken);
    assert.deepEqual(again, ['a']);
  });
});
