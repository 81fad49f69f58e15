import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { MemoryDisk } from '../../memory/disk.ts';
import { MemoryQueue } from '../../memory/queue.ts';
import { VirtualClock } from '../../memory/virtual-clock.ts';
import { newsByQueue } from './news-by-queue.ts';

function stage(heard: { is: boolean }) {
  const clock = new VirtualClock();
  const queue = new MemoryQueue(new MemoryDisk().open(), { name: 'live', clock });
  let looks = 0;
  const hasSubscribers = async () => {
    looks += 1;
    return heard.is;
  };
  const news = newsByQueue({ queue, connections: { hasSubscribers }, clock });
  const sent = async () => (await queue.receive(100, 1)).map(({ body }) => body);
  return { clock, queue, news, sent, looks: () => looks };
}

describe('news by a queue', () => {
  it('is sent where somebody listens', async () => {
    const { news, sent } = stage({ is: true });
    await news.appended('acme', 'run_1', 4);
    assert.deepEqual(await sent(), [{ tenant: 'acme', run: 'run_1', seq: 4 }]);
  });

  it('costs a look a second where nobody does, and no message', async () => {
    const { clock, news, sent, looks } = stage({ is: false });
    for (let seq = 1; seq <= 50; seq += 1) await news.appended('acme', 'run_1', seq);
    assert.equal(looks(), 1);
    clock.advance(1_000);
    await news.appended('acme', 'run_1', 51);
    assert.equal(looks(), 2);
    assert.deepEqual(await sent(), []);
  });

  it('is looked for again after a subscription, once every writer knows of it', async () => {
    const heard = { is: false };
    const { clock, news, sent } = stage(heard);
    await news.appended('acme', 'run_1', 1);
    heard.is = true;
    await news.lookAgain('acme', 'run_1', 9);
    await news.appended('acme', 'run_1', 2);
    clock.advance(1_000);
    await news.appended('acme', 'run_1', 3);
    assert.deepEqual(await sent(), [{ tenant: 'acme', run: 'run_1', seq: 3 }]);
    clock.advance(2_000);
    assert.ok(
      (await sent()).some((body) => isDeepStrictEqual(body, { tenant: 'acme', run: 'run_1', seq: 9 })),
    );
  });

  it('never fails the writer', async () => {
    const failing = async () => {
      throw new Error('It is throttled');
    };
    const queue = { send: failing, receive: failing, delete: failing };
    const connections = { hasSubscribers: async () => true };
    const news = newsByQueue({ queue, connections, clock: new VirtualClock() });
    await news.appended('acme', 'run_1', 1);
    await news.lookAgain('acme', 'run_1', 1);
    const blind = newsByQueue({ queue, connections: { hasSubscribers: failing }, clock: new VirtualClock() });
    await blind.appended('acme', 'run_1', 1);
  });
});
