import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import type { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import type { Queue, QueueMessage } from '../../shared/ports/queue.ts';

export interface QueueUnderTest {
  readonly queue: Queue;
  /** The clock it goes by; absent: the system's. */
  readonly clock?: VirtualClock;
  reopen(): Promise<Pick<QueueUnderTest, 'queue'>>;
}

export interface QueueTimes {
  /** Seconds that a message is hidden from others. */
  readonly visibleAfter: number;
  /** Seconds that a message is delayed. */
  readonly delay: number;
}

/** Seconds that a service may be late. */
const latest = 20;

/** What every queue does; `make` opens an empty one. */
export function describeQueue(
  name: string,
  make: (context: TestContext) => Promise<QueueUnderTest>,
  { visibleAfter, delay }: QueueTimes = { visibleAfter: 30, delay: 10 },
): void {
  /** Just before a time, and just after it; by the system's clock with a second between. */
  const pass = async ({ clock }: QueueUnderTest, seconds: number, end: 'before' | 'after'): Promise<void> => {
    if (clock !== undefined) clock.advance(end === 'before' ? seconds * 1_000 - 1 : 1);
    else await realTime(end === 'before' ? seconds * 500 : seconds * 500 + 500);
  };

  /** What is delivered once a time has passed; a service is never early, but may be late. */
  const receiveAfter = async (
    made: QueueUnderTest,
    hidden: number,
    visibilitySeconds: number,
  ): Promise<readonly QueueMessage[]> => {
    await pass(made, hidden, 'after');
    for (let tries = made.clock === undefined ? latest : 1; ; tries -= 1) {
      const messages = await made.queue.receive(10, visibilitySeconds);
      if (messages.length > 0 || tries <= 1) return messages;
      await realTime(1_000);
    }
  };

  describe(`queue: ${name}`, () => {
    test('an empty queue answers at once', async (context) => {
      const { queue } = await make(context);
      assert.deepEqual(await queue.receive(10, 30), []);
    });

    test('a message is delivered, hidden from others, and gone once deleted', async (context) => {
      const made = await make(context);
      const { queue } = made;
      await queue.send({ run: 'run_1', words: ['ä'] });
      const [message] = await queue.receive(10, visibleAfter);
      assert.deepEqual(message?.body, { run: 'run_1', words: ['ä'] });
      assert.equal(message?.attempt, 1);
      assert.deepEqual(await queue.receive(10, visibleAfter), []);
      await queue.delete(message?.id ?? '');
      await pass(made, visibleAfter, 'before');
      await pass(made, visibleAfter, 'after');
      assert.deepEqual(await queue.receive(10, 30), []);
    });

    test('a message that nobody deletes in time is delivered again', async (context) => {
      const made = await make(context);
      const { queue } = made;
      await queue.send('again');
      const [first] = await queue.receive(10, visibleAfter);
      assert.equal(first?.attempt, 1);
      await pass(made, visibleAfter, 'before');
      assert.deepEqual(await queue.receive(10, visibleAfter), []);
      const [second] = await receiveAfter(made, visibleAfter, visibleAfter);
      assert.deepEqual([second?.body, second?.attempt], ['again', 2]);
      await queue.delete(second?.id ?? '');
      await pass(made, visibleAfter, 'before');
      await pass(made, visibleAfter, 'after');
      assert.deepEqual(await queue.receive(10, visibleAfter), []);
    });

    test('a delayed message stays out of sight until its time', async (context) => {
      const made = await make(context);
      const { queue } = made;
      await queue.send('later', { delaySeconds: delay });
      await pass(made, delay, 'before');
      assert.deepEqual(await queue.receive(10, 30), []);
      assert.equal((await receiveAfter(made, delay, 30)).length, 1);
    });

    test('no message is given to two at once', async (context) => {
      const { queue } = await make(context);
      for (let number = 0; number < 10; number += 1) await queue.send(number);
      const received = (
        await Promise.all([queue.receive(4, 30), queue.receive(4, 30), queue.receive(4, 30)])
      ).flat();
      assert.deepEqual(
        new Set(received.map((message) => message.body)),
        new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
      );
      assert.equal(received.length, 10);
    });

    test('deleting what is gone, or never was, harms nobody', async (context) => {
      const { queue } = await make(context);
      await queue.send('first');
      const [first] = await queue.receive(1, 30);
      await queue.delete(first?.id ?? '');
      await queue.send('second');
      await queue.delete(first?.id ?? '');
      await queue.delete('nothing');
      assert.deepEqual(
        (await queue.receive(10, 30)).map((message) => message.body),
        ['second'],
      );
    });

    test('messages are there after a restart', async (context) => {
      const { queue, reopen } = await make(context);
      await queue.send(null);
      assert.equal((await (await reopen()).queue.receive(1, 30))[0]?.body, null);
    });
  });
}
