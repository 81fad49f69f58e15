import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveLine } from '../../clients/sdk/live-line.ts';
import type { RunEvent } from '../../shared/protocol/events.ts';
import type { LiveFrame } from '../../shared/protocol/live.ts';
import { owner, stranger, user } from './callers.ts';
import type { Caller } from './deployment.ts';
import type { Outage } from './outage.ts';
import type { Twin } from './twin.ts';

/** Longer than any frame is waited for, in milliseconds. */
const patienceMs = 20_000;

/** Frames up to the one that is looked for. */
async function framesUntil(line: LiveLine, isIt: (frame: LiveFrame) => boolean): Promise<LiveFrame[]> {
  const frames: LiveFrame[] = [];
  for (;;) {
    const frame = await line.next(patienceMs);
    assert.ok(frame, `Nothing came after ${JSON.stringify(frames.at(-1))}`);
    frames.push(frame);
    if (isIt(frame)) return frames;
  }
}

const eventsOf = (frames: readonly LiveFrame[]): readonly RunEvent[] =>
  frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []));

const isEnd = (frame: LiveFrame): boolean => frame.type === 'events' && frame.ended;

const wholeNumbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

export function live(twin: () => Twin): void {
  const lineOf = async (caller: Caller = owner): Promise<LiveLine> => {
    const { url, token, live: address } = await twin().connection(caller);
    const shown = typeof token === 'string' ? token : await token();
    const line = await LiveLine.open({ url, token: shown, ...(address ? { live: address } : {}) }, shown);
    assert.ok(line, 'The live connection was refused');
    return line;
  };

  describe('the live channel', () => {
    it('tells what has happened, and then what happens, to the end', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const line = await lineOf();
      line.send({ type: 'subscribe', run });
      const before = await framesUntil(line, (frame) =>
        eventsOf([frame]).some(({ type }) => type === 'approval.requested'),
      );
      assert.deepEqual(before[0], { type: 'subscribed', run, after: 0 });
      await (await twin().client()).approve(approval);
      const after = await framesUntil(line, isEnd);
      line.close();
      assert.deepEqual(withoutDoubles(eventsOf([...before, ...after])), await twin().log(run));
    });

    it('tells what comes after an event that is known', async () => {
      const { run } = await twin().start('greeting', { name: 'Kim' });
      await twin().endedAs('succeeded', run);
      const line = await lineOf(user);
      line.send({ type: 'subscribe', run, after: 3 });
      const frames = await framesUntil(line, isEnd);
      line.close();
      assert.deepEqual(eventsOf(frames), (await twin().log(run)).slice(3));
    });

    it('follows several runs, and leaves one when asked to', async () => {
      const { run: left } = await twin().start('listening', { names: ['one', 'two'] });
      const { run: kept } = await twin().start('listening', { names: ['one'] });
      const line = await lineOf();
      for (const run of [left, kept]) line.send({ type: 'subscribe', run });
      line.send({ type: 'unsubscribe', run: left });
      await framesUntil(line, ({ type }) => type === 'unsubscribed');
      const client = await twin().client();
      await client.signalRun(left, { name: 'one' });
      await client.signalRun(kept, { name: 'one' });
      const frames = await framesUntil(line, isEnd);
      line.close();
      assert.ok(frames.every((frame) => !('run' in frame) || frame.run === kept));
      await client.cancelRun(left);
    });

    it('answers a ping, and says what is wrong with anything else', async () => {
      const line = await lineOf();
      line.send({ type: 'ping' });
      await framesUntil(line, ({ type }) => type === 'pong');
      line.send({ type: 'subscribe', run: 'no run', more: 1 });
      const [refusal] = await framesUntil(line, ({ type }) => type === 'problem');
      line.close();
      assert.ok(refusal?.type === 'problem');
      assert.equal(refusal.problem.code, 'request.invalid');
    });

    it("tells nobody of another tenant's runs", async () => {
      const { run } = await twin().start('listening', { names: ['one'] });
      const line = await lineOf(stranger);
      line.send({ type: 'subscribe', run });
      const frames = await framesUntil(line, ({ type }) => type === 'problem');
      assert.deepEqual(
        frames.map((frame) => frame.type === 'problem' && [frame.run, frame.problem.code]),
        [[run, 'resource.not-found']],
      );
      await (await twin().client()).signalRun(run, { name: 'one' });
      await twin().ended(run);
      line.send({ type: 'ping' });
      assert.equal((await line.next(patienceMs))?.type, 'pong');
      line.close();
    });

    it('points at what is too much for it, which a client reads over HTTP', async () => {
      const { run } = await twin().start('counting', { steps: 400 });
      await twin().endedAs('succeeded', run);
      const line = await lineOf();
      line.send({ type: 'subscribe', run });
      const frames = await framesUntil(line, (frame) => frame.type === 'behind');
      line.close();
      const log = await twin().log(run);
      const pointer = frames.at(-1);
      assert.deepEqual(pointer, {
        type: 'behind',
        run,
        after: eventsOf(frames).at(-1)?.seq,
        seq: log.length,
        ended: true,
      });
    });

    it('is followed by the client event by event, without gaps or doubles', async () => {
      const { run } = await twin().start('counting', { steps: 400 });
      const client = await twin().client();
      const followers = await Promise.all(
        [0, 7].map((after) => Array.fromAsync(client.live(run, { after }), ({ seq }) => seq)),
      );
      const { length } = await twin().log(run);
      assert.deepEqual(followers, [wholeNumbers(1, length), wholeNumbers(8, length)]);
    });
  });
}

/** What a power cut must not do to who follows a run. */
export function survivingLive(twin: () => Twin, cut: Outage): void {
  cut.it('a live connection is taken up after the last event, without gaps or doubles', async (fail) => {
    const { run } = await twin().start('asking', {});
    const { approval } = await twin().approval(run);
    const seen: number[] = [];
    const follow = async (): Promise<unknown> => {
      const client = await twin().client();
      for await (const { seq } of client.live(run, { after: seen.at(-1) ?? 0 })) seen.push(seq);
      return undefined;
    };
    const client = await twin().client();
    const known = (await client.readEvents(run)).events.length;
    const broken = follow().catch((error: unknown) => error);
    await twin().until(
      () => client.getRun(run),
      () => seen.length === known,
    );
    await fail({ meanwhile: async () => assert.ok((await broken) instanceof Error) });
    const again = follow();
    await (await twin().client()).approve(approval);
    await again;
    assert.deepEqual(seen, wholeNumbers(1, (await twin().log(run)).length));
  });
}

/** Frames may repeat events, and never leave one out. */
function withoutDoubles(events: readonly RunEvent[]): RunEvent[] {
  const kept: RunEvent[] = [];
  for (const event of events) {
    const expected = kept.length + 1;
    assert.ok(event.seq <= expected, `A gap before ${event.seq}`);
    if (event.seq === expected) kept.push(event);
  }
  return kept;
}
