import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operator, owner, user } from './callers.ts';
import { atOnce } from './pace.ts';
import { refused, type Twin } from './twin.ts';

export function approvals(twin: () => Twin): void {
  describe('approvals', { concurrency: atOnce(6) }, () => {
    it('ask a person what, why and with which impact; a yes lets the run go on', async () => {
      const { run } = await twin().start('asking', { what: 'Send it' });
      const { approval, ...asked } = await twin().approval(run);
      assert.deepEqual(
        [asked.status, asked.what, asked.why, asked.impact],
        ['pending', 'Send it', 'It is written', 'It cannot be unsent'],
      );
      const client = await twin().client(operator);
      const waiting = await client.getRun(run);
      assert.deepEqual([waiting.status, waiting.waitingFor], ['waiting', 'approval']);
      assert.deepEqual(
        waiting.openApprovals.map((open) => open.approval),
        [approval],
      );
      const decided = await client.approve(approval, 'Well written');
      assert.deepEqual(
        [decided.status, decided.decidedBy, decided.reason],
        ['approved', await twin().actor(operator), 'Well written'],
      );
      const ended = await twin().endedAs('succeeded', run);
      assert.deepEqual(ended.output, {
        decision: 'approved',
        by: await twin().actor(operator),
        reason: 'Well written',
      });
      assert.notEqual(ended.tree, null);
    });

    it('may be denied, and the program goes on accordingly', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      await (await twin().client()).deny(approval, 'Not now');
      const ended = await twin().endedAs('succeeded', run);
      assert.deepEqual(ended.output, { decision: 'denied', by: await twin().actor(), reason: 'Not now' });
      assert.equal(ended.tree, null);
    });

    it('expire, and are not decided after that', async () => {
      const { run } = await twin().start('asking', { expiresInMs: 1_000 });
      const { approval } = await twin().approval(run);
      assert.deepEqual(await twin().output(run), { decision: 'expired' });
      const client = await twin().client();
      await refused(client.approve(approval), 409, 'approval.expired');
      assert.equal((await client.getApproval(approval)).status, 'expired');
    });

    it('are decided once; the second one is told how', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client();
      await client.deny(approval);
      const { details } = await refused(client.approve(approval), 409, 'approval.decided');
      assert.equal(details['decision'], 'denied');
      await twin().ended(run);
      await refused(client.deny(approval), 409, 'approval.decided');
    });

    it('of two decisions at once one counts', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client();
      const decisions = await Promise.allSettled([client.approve(approval), client.deny(approval)]);
      const winner = decisions.find((decision) => decision.status === 'fulfilled');
      assert.equal(decisions.filter(({ status }) => status === 'fulfilled').length, 1);
      const { decision } = await twin().output<{ decision: string }>(run);
      assert.equal(decision, winner?.value.status);
    });

    it('are decided by operators; one can ask for a higher role', async () => {
      const { run } = await twin().start('asking', { role: 'admin' });
      const { approval } = await twin().approval(run);
      for (const [caller, needed] of [
        [user, 'operator'],
        [operator, 'admin'],
      ] as const) {
        const refusal = await refused((await twin().client(caller)).approve(approval), 403, 'auth.forbidden');
        assert.equal(refusal.details['role'], needed);
      }
      assert.equal((await (await twin().client(owner)).getApproval(approval)).status, 'pending');
      await (await twin().client(owner)).approve(approval);
      assert.equal((await twin().output<{ decision: string }>(run)).decision, 'approved');
    });

    it('are void when the run ends without a decision', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client();
      await client.cancelRun(run);
      await twin().endedAs('cancelled', run);
      assert.equal((await client.getApproval(approval)).status, 'void');
      await refused(client.approve(approval), 409, 'run.ended');
    });
  });
}
