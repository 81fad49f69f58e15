import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiError } from '../../clients/sdk/api-error.ts';
import { verifyExport } from '../../shared/application/exports/verify-export.ts';
import { owner } from './callers.ts';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

const secret = 'Forty-one characters that are to be gone.';

export function disposal(twin: () => Twin): void {
  describe('erasing what was said', { concurrency: atOnce(2) }, () => {
    it('takes it away everywhere, says by whom and why, and the log still verifies', async () => {
      const client = await twin().client(owner);
      const { run } = await twin().start('asking', { what: secret });
      const { approval } = await twin().approval(run);
      await refused(client.erasePayload(run, 1, 'Too early'), 'run.not-ended');
      await client.deny(approval, secret);
      await twin().endedAs('succeeded', run);
      const log = await twin().log(run);
      for (const { seq } of log) await client.erasePayload(run, seq, 'Asked for');
      const again = await client.erasePayload(run, 1, 'Another reason');
      assert.deepEqual([again.event.erased?.reason, again.event.salt], ['Asked for', '']);

      const { findings, erased } = await client.verifyRun(run);
      assert.deepEqual([findings, erased?.length, erased?.[0]?.reason], [[], log.length, 'Asked for']);
      const left = JSON.stringify([
        await twin().log(run),
        await client.getRun(run),
        await client.getApproval(approval),
        await Array.fromAsync(client.logs(run)),
      ]);
      assert.ok(!left.includes(secret));
      const { bytes } = await client.exportRun(run);
      const whole = Buffer.concat(await Array.fromAsync(bytes));
      assert.ok(!whole.includes(secret));
      const verified = await verifyExport(oneByOne(whole));
      assert.deepEqual([verified.findings, verified.runs[0]?.findings], [[], []]);
      assert.equal(verified.runs[0]?.erased.length, log.length);
      await refused(client.erasePayload(run, 99, 'Not there'), 'resource.not-found');
    });
  });

  describe('how long runs are kept', () => {
    it('is said for a tenant, and by a run itself', async () => {
      const client = await twin().client(owner);
      assert.deepEqual(await client.getRetention(), { days: null });
      const { days, setBy } = await client.setRetention(400);
      assert.deepEqual([days, setBy?.startsWith('user:')], [400, true]);
      assert.equal((await client.getRetention()).days, 400);
      await client.setRetention(null);
      await twin().outputOf('echoing', { text: 'x', times: 1 });
      const start = { agent: 'echoing', input: { text: 'x', times: 1 }, retentionDays: 7 };
      const { run } = await client.startRun(start);
      await twin().endedAs('succeeded', run);
      const [created] = await twin().log(run);
      assert.equal(created?.payload['retentionDays'], 7);
      await refused(client.setRetention(0), 'request.invalid');
    });
  });
}

async function refused(call: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(call, (error: ApiError) => error.code === code);
}

async function* oneByOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
