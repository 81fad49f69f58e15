import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MakeStores } from './stores.ts';

/** What every queue does; `make` opens an empty one, and the clock it goes by. */
export function describeQueue(name: string, make: MakeStores<'queue' | 'clock' | 'reopen'>): void {
  describe(`queue: ${name}`, () => {
    test('an empty queue answers at once', async (context) => {
      const { queue } = await make(context);
      assert.deepEqual(await queue.receive(10, 30), []);
    });

    test('a message is delivered, hidden from others, and gone once deleted', async (context) => {
      const { queue, clock } = await make(context);
      await queue.send({ run: 'run_1', words: ['ä'] });
      const [message] = await queue.receive(10, 30);
      assert.deepEqual(message?.body, { run: 'run_1', words: ['ä'] });
      assert.equal(message?.attempt, 1);
      assert.deepEqual(await queue.receive(10, 30), []);
      await queue.delete(message?.id ?? '');
      clock.advance(60_000);
      assert.deepEqual(await queue.receive(10, 30), []);
    });

    test('a message that nobody deletes in time is delivered again', async (context) => {
      const { queue, clock } = await make(context);
      await queue.send('again');
      const [first] = await queue.receive(10, 30);
      clock.advance(29_999);
      assert.deepEqual(await queue.receive(10, 30), []);
      clock.advance(1);
      const [second] = await queue.receive(10, 30);
      assert.deepEqual([second?.id, second?.body, second?.attempt], [first?.id, 'again', 2]);
    });

    test('a delayed message stays out of sight until its time', async (context) => {
      const { queue, clock } = await make(context);
      await queue.send('later', { delaySeconds: 10 });
      assert.deepEqual(await queue.receive(10, 30), []);
      clock.advance(10_000);
      assert.equal((await queue.receive(10, 30)).length, 1);
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
