import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import { ActivityQueues } from './queues.ts';

const arn = 'arn:aws:states:us-east-1:000000000000:activity:work';
const task = (scheduled: number) => ({ execution: 1, scheduled, input: '{}' });

function open() {
  const clock = new VirtualClock();
  const queues = new ActivityQueues(clock);
  const poll = (worker?: string, signal = new AbortController().signal) => queues.poll(arn, worker, signal);
  return { clock, queues, poll };
}

describe('the queues of activities', () => {
  test('tasks are taken in the order of their coming', async () => {
    const { queues, poll } = open();
    queues.offer(arn, task(1));
    queues.offer(arn, task(2));
    assert.deepEqual([(await poll())?.scheduled, (await poll())?.scheduled], [1, 2]);
  });

  test('the worker that has waited longest gets the next task', async () => {
    const { queues, poll } = open();
    const first = poll('first');
    const second = poll('second');
    queues.offer(arn, task(1));
    queues.offer(arn, task(2));
    const taken = await Promise.all([first, second]);
    assert.deepEqual(
      taken.map((each) => [each?.worker, each?.scheduled]),
      [
        ['first', 1],
        ['second', 2],
      ],
    );
  });

  test('a worker is told after a minute that there is nothing', async () => {
    const { clock, queues, poll } = open();
    const asked = poll();
    clock.advance(59_999);
    queues.offer('another', task(9));
    clock.advance(1);
    assert.equal(await asked, undefined);
    queues.offer(arn, task(1));
    assert.equal((await poll())?.scheduled, 1);
    assert.equal(clock.advanceToNext(), false);
  });

  test('a worker that goes away takes no task with it', async () => {
    const { clock, queues, poll } = open();
    const gone = new AbortController();
    const lost = poll('gone', gone.signal);
    const stays = poll('stays');
    gone.abort();
    queues.offer(arn, task(1));
    assert.equal(await lost, undefined);
    assert.equal((await stays)?.worker, 'stays');
    assert.equal(await poll('late', gone.signal), undefined);
    assert.equal(clock.advanceToNext(), false);
  });

  test('a task that a worker was not told of is the next one again', async () => {
    const { queues, poll } = open();
    queues.offer(arn, task(1));
    queues.offer(arn, task(2));
    (await poll())?.putBack();
    assert.equal(queues.waiting(arn), 2);
    assert.equal((await poll())?.scheduled, 1);
  });

  test('a task that is withdrawn is given to nobody', async () => {
    const { queues, poll } = open();
    queues.offer(arn, task(1));
    queues.offer(arn, task(2));
    queues.withdraw(arn, task(1));
    assert.equal((await poll())?.scheduled, 2);
    queues.withdraw(arn, task(2));
    assert.equal(queues.waiting(arn), 0);
  });

  test('whoever waits on an activity is told when it goes', async () => {
    const { queues, poll } = open();
    const asked = poll();
    queues.drop(arn);
    assert.equal(await asked, undefined);
  });
});
