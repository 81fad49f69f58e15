import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from './pace.ts';
import { refused, type Twin } from './twin.ts';

export function control(twin: () => Twin): void {
  describe('pausing and cancelling', { concurrency: atOnce(6) }, () => {
    it('a paused run does nothing more until it is resumed', async () => {
      const { run } = await twin().start('listening', { names: ['one', 'two'] });
      await twin().event(run, 'operation.requested');
      const client = await twin().client();
      assert.equal((await client.pauseRun(run, 'Lunch')).status, 'paused');
      assert.equal((await client.pauseRun(run)).status, 'paused');
      // Both are kept; were the run not paused, it would end.
      for (const name of ['one', 'two']) await client.signalRun(run, { name, payload: name });
      const paused = await client.getRun(run, { wait: 0.3 });
      assert.deepEqual([paused.status, paused.tree], ['paused', null]);
      await client.resumeRun(run, 'Coffee');
      assert.deepEqual(await twin().output(run), ['one', 'two']);
      const log = await twin().log(run);
      const types = log.map(({ type }) => type);
      assert.ok(types.indexOf('run.resumed') < types.lastIndexOf('operation.completed'));
      assert.deepEqual(log.find(({ type }) => type === 'run.paused')?.payload, { reason: 'Lunch' });
    });

    it('a run that is paused while it works stops before an operation', async () => {
      const { run } = await twin().start('counting', { steps: 3_000 });
      await twin().event(run, 'operation.completed');
      const client = await twin().client();
      const { operations } = await client.pauseRun(run);
      const paused = await client.getRun(run, { wait: 0.3 });
      assert.equal(paused.status, 'paused');
      assert.ok(operations < 3_000);
      const last = (await client.readEvents(run, { after: await lengthOf(twin(), run) })).events;
      assert.deepEqual(last, []);
      await client.cancelRun(run);
      const ended = await twin().endedAs('cancelled', run);
      assert.ok(ended.operations < 3_000);
    });

    it('decisions that come while paused are kept', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client();
      await client.pauseRun(run);
      assert.equal((await client.approve(approval)).status, 'approved');
      assert.equal((await client.getRun(run)).status, 'paused');
      await client.resumeRun(run);
      assert.equal((await twin().output<{ decision: string }>(run)).decision, 'approved');
    });

    it('a waiting run can be cancelled', async () => {
      const { run } = await twin().start('listening', { names: ['never'] });
      await twin().event(run, 'operation.requested');
      await (await twin().client()).cancelRun(run, 'Enough');
      const ended = await twin().endedAs('cancelled', run);
      assert.equal(ended.output, undefined);
      const last = (await twin().log(run)).at(-1);
      assert.deepEqual(
        [last?.type, last?.by, last?.payload],
        ['run.cancelled', await twin().actor(), { reason: 'Enough' }],
      );
    });

    it('a run can be cancelled before it has begun', async () => {
      const { run } = await twin().start('listening', { names: ['never'] });
      await (await twin().client()).cancelRun(run);
      const ended = await twin().endedAs('cancelled', run);
      assert.equal(ended.operations, 0);
    });

    it('a paused run can be cancelled', async () => {
      const { run } = await twin().start('listening', { names: ['never'] });
      const client = await twin().client();
      await client.pauseRun(run);
      await client.cancelRun(run);
      await twin().endedAs('cancelled', run);
    });

    it('a command is stopped when its run is cancelled', async () => {
      const { run } = await twin().start('commanding', { command: 'sleep 600', timeoutMs: 1_200_000 });
      await twin().event(run, 'operation.started');
      await (await twin().client()).cancelRun(run);
      await twin().endedAs('cancelled', run);
      const types = (await twin().log(run)).map(({ type }) => type);
      assert.deepEqual(types.slice(-3), ['run.cancel-requested', 'operation.interrupted', 'run.cancelled']);
    });

    it('a run that has ended takes no orders', async () => {
      const { run } = await twin().start('greeting', { name: 'Gil' });
      await twin().endedAs('succeeded', run);
      const client = await twin().client();
      for (const order of ['cancelRun', 'pauseRun', 'resumeRun'] as const) {
        const { details } = await refused(client[order](run), 409, 'run.ended');
        assert.equal(details['status'], 'succeeded');
      }
    });
  });
}

async function lengthOf(twin: Twin, run: string): Promise<number> {
  const { events } = await (await twin.client()).readEvents(run, { limit: 1_000 });
  return events.at(-1)?.seq ?? 0;
}
