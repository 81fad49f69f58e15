import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from './pace.ts';
import { refused, type Twin } from './twin.ts';

export function signals(twin: () => Twin): void {
  describe('signals', { concurrency: atOnce(6) }, () => {
    it('reach a run that waits, with what they carry', async () => {
      const { run } = await twin().start('listening', { names: ['paid'] });
      await twin().event(run, 'operation.requested');
      const client = await twin().client();
      const waiting = await client.getRun(run);
      assert.deepEqual([waiting.status, waiting.waitingFor], ['waiting', 'signal']);
      await client.signalRun(run, { name: 'paid', payload: { amount: 7, currency: 'EUR' } });
      assert.deepEqual(await twin().output(run), [{ amount: 7, currency: 'EUR' }]);
    });

    it('that come early are kept, in their order, until the program waits for them', async () => {
      const { run } = await twin().start('listening', { names: ['first', 'second', 'second'] });
      const client = await twin().client();
      for (const payload of ['one', 'two']) await client.signalRun(run, { name: 'second', payload });
      await client.signalRun(run, { name: 'unheard', payload: 'never' });
      await client.signalRun(run, { name: 'first' });
      assert.deepEqual(await twin().output(run), [null, 'one', 'two']);
    });

    it('that do not come are waited for as long as the program says', async () => {
      assert.deepEqual(await twin().outputOf('listening', { names: ['silence'], timeoutMs: 300 }), [null]);
    });

    it('count once under one Idempotency-Key, however often they are sent', async () => {
      const { run } = await twin().start('listening', { names: ['tick', 'tick'] });
      const client = await twin().client();
      for (const idempotencyKey of [`${run}-1`, `${run}-1`, `${run}-2`])
        await client.signalRun(run, { name: 'tick', payload: idempotencyKey }, { idempotencyKey });
      assert.deepEqual(await twin().output(run), [`${run}-1`, `${run}-2`]);
    });

    it('are refused when they are too large, or the run has ended', async () => {
      const { run } = await twin().start('listening', { names: ['go'] });
      const client = await twin().client();
      const large = { name: 'go', payload: 'x'.repeat(33 * 1024) };
      await refused(client.signalRun(run, large), 413, 'request.too-large');
      await client.signalRun(run, { name: 'go', payload: 1 });
      assert.deepEqual(await twin().output(run), [1]);
      await refused(client.signalRun(run, { name: 'go' }), 409, 'run.ended');
    });
  });
}
