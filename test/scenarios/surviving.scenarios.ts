import assert from 'node:assert/strict';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import type { Run } from '../../shared/protocol/runs.ts';
import type { Fail, Outage } from './outage.ts';
import { atOnce, crowd, lasting } from './pace.ts';
import type { Twin } from './twin.ts';

/** Lets the deployment fail in the middle of what it is told to do at last; gives the time (ISO) when it had failed. */
async function cutWith(fail: Fail, atLast: () => Promise<void>): Promise<string> {
  let cutAt = '';
  const meanwhile = async () => {
    cutAt = new Date().toISOString();
  };
  await fail({ atLast, meanwhile });
  return cutAt;
}

/** What a power cut must not do. */
export function surviving(twin: () => Twin, cut: Outage): void {
  cut.it('loses no run that was accepted', async (fail) => {
    await twin().publish('greeting');
    const client = await twin().client();
    const start = (index: number) => client.startRun({ agent: 'greeting', input: { name: `No ${index}` } });
    const started: Run[] = [];
    const indices = Array.from({ length: crowd(30) }, (_, index) => index);
    const accept = async (index: number) => {
      started[index] = await start(index);
    };
    await fail({ before: () => inParallel(indices, accept, atOnce(30)) });
    for (const [index, { run }] of started.entries()) {
      const { greeting } = await twin().output<{ greeting: string }>(run);
      assert.equal(greeting, `Hello, No ${index}!`);
    }
  });

  cut.it('leaves who waits for a person waiting, and the decision counts', async (fail) => {
    const { run } = await twin().start('asking', {});
    const { approval } = await twin().approval(run);
    await fail();
    const client = await twin().client();
    assert.equal((await client.getRun(run)).waitingFor, 'approval');
    await client.approve(approval);
    assert.equal((await twin().output<{ decision: string }>(run)).decision, 'approved');
  });

  cut.it('keeps decisions, signals and orders that were acknowledged', async (fail) => {
    const { run: asking } = await twin().start('asking', {});
    const { approval } = await twin().approval(asking);
    const { run: listening } = await twin().start('listening', { names: ['one', 'two'] });
    const { run: paused } = await twin().start('listening', { names: ['one'] });
    const { run: cancelled } = await twin().start('listening', { names: ['one'] });
    const client = await twin().client();
    await fail({
      async atLast() {
        await Promise.all([
          client.deny(approval, 'No'),
          client.signalRun(listening, { name: 'two', payload: 2 }),
          client.pauseRun(paused),
          client.cancelRun(cancelled),
        ]);
      },
    });
    const again = await twin().client();
    await again.signalRun(listening, { name: 'one', payload: 1 });
    await again.signalRun(paused, { name: 'one', payload: 1 });
    assert.equal((await twin().output<{ reason: string }>(asking)).reason, 'No');
    assert.deepEqual(await twin().output(listening), [1, 2]);
    await twin().endedAs('cancelled', cancelled);
    assert.equal((await again.getRun(paused)).status, 'paused');
    await again.resumeRun(paused);
    assert.deepEqual(await twin().output(paused), [1]);
  });

  cut.it(
    'does not stop the clock: sleeps and expiries go on, also those that passed meanwhile',
    async (fail) => {
      const ms = lasting(2_000);
      await Promise.all([twin().publish('dozing'), twin().publish('asking')]);
      const runs = { dozing: '', napping: '', asking: '' };
      const cutAt = await cutWith(fail, async () => {
        const [dozing, napping, asking] = await Promise.all([
          twin().start('dozing', { ms }),
          twin().start('dozing', { ms: 1 }),
          twin().start('asking', { expiresInMs: ms }),
        ]);
        Object.assign(runs, { dozing: dozing.run, napping: napping.run, asking: asking.run });
        await Promise.all([
          twin().event(dozing.run, 'operation.requested'),
          twin().event(asking.run, 'approval.requested'),
        ]);
      });
      assert.ok((await twin().output<number>(runs.dozing)) >= ms);
      assert.ok((await twin().output<number>(runs.napping)) >= 1);
      assert.deepEqual(await twin().output(runs.asking), { decision: 'expired' });
      for (const run of [runs.dozing, runs.asking]) {
        const { endedAt = '' } = await twin().ended(run);
        assert.ok(endedAt > cutAt, 'was still to come when everything ended');
      }
    },
  );

  cut.it('cuts a command off, which is not repeated by itself', async (fail) => {
    const { run } = await twin().start('commanding', { command: 'sleep 600', timeoutMs: 1_200_000 });
    await twin().event(run, 'operation.started');
    await fail();
    assert.deepEqual(await twin().output(run), { code: 'operation.interrupted' });
    const started = (await twin().log(run)).filter(({ type }) => type === 'operation.started');
    assert.equal(started.length, 1);
  });

  cut.it('in the middle of many operations repeats none of them', async (fail) => {
    await twin().publish('counting');
    let run = '';
    const cutAt = await cutWith(fail, async () => {
      ({ run } = await twin().start('counting', { steps: 400 }));
      await twin().event(run, 'operation.completed');
    });
    const { endedAt = '' } = await twin().ended(run);
    assert.ok(endedAt > cutAt, 'was in the middle when everything ended');
    assert.equal(await twin().output(run), 400);
    const operations = (await twin().log(run))
      .filter(({ type }) => type === 'operation.completed')
      .map(({ payload }) => payload['operation']);
    assert.deepEqual(
      operations,
      Array.from({ length: 401 }, (_, index) => index + 1),
    );
  });

  cut.it('parts no run from those that it calls', async (fail) => {
    const { run } = await twin().start('calling', { levels: 2, last: 'waits' });
    const child = await twin().child(run);
    const grandchild = await twin().child(child);
    await fail();
    await (await twin().client()).signalRun(grandchild, { name: 'never' });
    assert.equal(await twin().output(run), 3);
  });

  cut.it('forgets no Idempotency-Key', async (fail) => {
    await twin().publish('greeting');
    const start = async () => {
      const options = { idempotencyKey: `survivor-${process.pid}` };
      return (await twin().client()).startRun({ agent: 'greeting', input: { name: 'Lea' } }, options);
    };
    const { run } = await start();
    await fail();
    assert.equal((await start()).run, run);
  });
}

/** What a restart in good order must not do. */
export function restarting(twin: () => Twin, stop: Outage): void {
  stop.it('lets everything go on', async (fail) => {
    const { run: asking } = await twin().start('asking', {});
    const { approval } = await twin().approval(asking);
    const { run: commanding } = await twin().start('commanding', {
      command: 'sleep 600',
      timeoutMs: 1_200_000,
    });
    await twin().event(commanding, 'operation.started');
    await twin().publish('counting');
    let counting = '';
    await fail({
      async atLast() {
        counting = (await twin().start('counting', { steps: 400 })).run;
        await twin().event(counting, 'operation.completed');
      },
    });
    await (await twin().client()).approve(approval);
    assert.equal((await twin().output<{ decision: string }>(asking)).decision, 'approved');
    assert.equal(await twin().output(counting), 400);
    assert.deepEqual(await twin().output(commanding), { code: 'operation.interrupted' });
  });
}
