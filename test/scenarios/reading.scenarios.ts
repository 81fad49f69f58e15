import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

export function reading(twin: () => Twin): void {
  describe('reading', { concurrency: atOnce(4) }, () => {
    it('gives the log in pages, from any event on', async () => {
      const { run } = await twin().start('counting', { steps: 20 });
      await twin().endedAs('succeeded', run);
      const client = await twin().client();
      const whole = await client.readEvents(run);
      assert.deepEqual([whole.more, whole.ended], [false, true]);
      assert.deepEqual(
        whole.events.map(({ seq }) => seq),
        whole.events.map((_, index) => index + 1),
      );
      const page = await client.readEvents(run, { after: 3, limit: 5 });
      assert.deepEqual([page.more, page.ended], [true, false]);
      assert.deepEqual(page.events, whole.events.slice(3, 8));
      const end = await client.readEvents(run, { after: whole.events.length, wait: 20 });
      assert.deepEqual(end, { events: [], more: false, ended: true });
    });

    it('holds an answer back until there is news, or the wait is over', async () => {
      const { run } = await twin().start('listening', { names: ['news'] });
      const { seq } = await twin().event(run, 'operation.requested');
      const client = await twin().client();
      assert.deepEqual(await client.readEvents(run, { after: seq, wait: 0.1 }), {
        events: [],
        more: false,
        ended: false,
      });
      const next = client.readEvents(run, { after: seq, wait: 20 });
      const end = client.getRun(run, { wait: 20 });
      await client.signalRun(run, { name: 'news' });
      assert.equal((await next).events[0]?.type, 'signal.received');
      assert.equal((await end).status, 'succeeded');
    });

    it('tells what a program has logged, and what its run has taken', async () => {
      const { run } = await twin().start('greeting', { name: 'Kim' });
      await twin().endedAs('succeeded', run);
      const client = await twin().client();
      const lines = await Array.fromAsync(client.logs(run));
      assert.deepEqual(
        lines.map(({ level, message, data }) => ({ level, message, data })),
        [{ level: 'info', message: 'Greets', data: { name: 'Kim' } }],
      );
      const { durationMs, inStatusMs, operations, failedOperations, generations } =
        await client.runMetrics(run);
      assert.deepEqual(operations, { log: 1, 'file.write': 1, 'file.read': 1 });
      assert.deepEqual([failedOperations, generations], [0, 1]);
      const sum = Object.values(inStatusMs).reduce((total, ms) => total + ms, 0);
      assert.equal(sum, durationMs);
    });

    it('tells what was said in a run, line by line', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client();
      await client.approve(approval, 'The figures are right');
      await twin().endedAs('succeeded', run);
      const lines = await Array.fromAsync(client.transcript(run));
      const told = lines.map((line) => line.type);
      assert.deepEqual([told[0], told.at(-1)], ['input', 'end']);
      const request = lines.find((line) => line.type === 'request' && line.kind === 'approval.request');
      const decision = lines.find((line) => line.type === 'decision');
      assert.ok(request?.type === 'request' && decision?.type === 'decision');
      assert.deepEqual(
        [decision.operation, decision.decision, decision.reason],
        [request.operation, 'approved', 'The figures are right'],
      );
      assert.match(decision.by, /^user:/);
      const answered = lines.filter((line) => line.type === 'answer').map(({ operation }) => operation);
      const asked = lines.filter((line) => line.type === 'request').map(({ operation }) => operation);
      assert.deepEqual(answered.toSorted(), asked.toSorted());
      const end = lines.at(-1);
      assert.ok(end?.type === 'end');
      assert.deepEqual(end.value, (await client.getRun(run)).output);
      const rest = await Array.fromAsync(client.transcript(run, { after: decision.seq }));
      assert.deepEqual(
        rest,
        lines.filter(({ seq }) => seq > decision.seq),
      );
    });

    it('lists the runs of a stretch of time', async () => {
      const session = 'by-time';
      const runs: string[] = [];
      for (const name of ['Ada', 'Kim', 'Sam']) {
        const { run } = await twin().start('greeting', { name }, { session });
        await twin().endedAs('succeeded', run);
        runs.push(run);
      }
      const client = await twin().client();
      // The others were only begun after this.
      const { endedAt = '' } = await client.getRun(runs[0] ?? '');
      const since = await client.listRuns({ session, from: endedAt });
      assert.deepEqual(
        since.items.map(({ run }) => run),
        [runs[2], runs[1]],
      );
      const before = await client.listRuns({ session, to: endedAt, status: 'succeeded' });
      assert.deepEqual(
        before.items.map(({ run }) => run),
        [runs[0]],
      );
    });

    it('follows a run to its end', async () => {
      const { run } = await twin().start('asking', {});
      const followed = twin().log(run);
      await (await twin().client()).approve((await twin().approval(run)).approval);
      assert.deepEqual(await followed, (await (await twin().client()).readEvents(run)).events);
    });

    it('lists runs newest first, page by page, by agent, status and session', async () => {
      const session = `listing-${process.pid}`;
      const started: string[] = [];
      for (const name of ['Hal', 'Ida', 'Jo']) {
        const { run } = await twin().start('greeting', { name }, { session });
        await twin().endedAs('succeeded', run);
        started.unshift(run);
      }
      const { run: waiting } = await twin().start('listening', { names: ['never'] }, { session });
      await twin().event(waiting, 'operation.requested');
      const client = await twin().client();
      const list = async (filter: Parameters<typeof client.listRuns>[0]) =>
        (await client.listRuns({ session, ...filter })).items.map(({ run }) => run);
      assert.deepEqual(await list({}), [waiting, ...started]);
      assert.deepEqual(await list({ agent: 'greeting' }), started);
      assert.deepEqual(await list({ status: 'waiting' }), [waiting]);
      assert.deepEqual(await list({ agent: 'greeting', status: 'failed' }), []);
      const first = await client.listRuns({ session, limit: 3 });
      assert.ok(first.cursor !== undefined);
      const second = await client.listRuns({ session, limit: 3, cursor: first.cursor });
      assert.deepEqual(
        [...first.items, ...second.items].map(({ run }) => run),
        [waiting, ...started],
      );
      assert.equal(second.cursor, undefined);
    });

    it('lists approvals by run and status, and agents', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client();
      const list = async (status: 'pending' | 'approved') =>
        (await client.listApprovals({ run, status })).items.map((item) => item.approval);
      assert.deepEqual([await list('pending'), await list('approved')], [[approval], []]);
      await client.approve(approval);
      assert.deepEqual([await list('pending'), await list('approved')], [[], [approval]]);
      const { items } = await client.listAgents();
      assert.ok(items.some(({ agent }) => agent === 'asking'));
    });

    it('refuses what is not a page, and a wait that is too long', async () => {
      for (const query of ['limit=0', 'limit=1001', 'after=-1', 'wait=21', 'cursor=x']) {
        const { run } = await twin().start('greeting', { name: 'Kim' });
        const answer = await twin().request('GET', `/v1/runs/${run}/events?${query}`);
        assert.equal(answer.status, 400, query);
      }
      for (const query of ['limit=201', 'cursor=nonsense', 'status=lost']) {
        const answer = await twin().request('GET', `/v1/runs?${query}`);
        assert.equal(answer.status, 400, query);
      }
    });
  });
}
