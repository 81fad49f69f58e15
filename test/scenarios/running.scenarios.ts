import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from './pace.ts';
import { refused, type Twin } from './twin.ts';

export function running(twin: () => Twin): void {
  describe('running', { concurrency: atOnce(6) }, () => {
    it('refuses files that cannot stand beside each other', async () => {
      await twin().publish('greeting');
      const client = await twin().client();
      const start = (files: { path: string; content: string; encoding?: 'base64' }[]) =>
        client.startRun({ agent: 'greeting', input: { name: 'Lea' }, files });
      const both = [
        { path: 'a', content: '' },
        { path: 'a/b', content: '' },
      ];
      await refused(start(both), 409, 'file.conflict');
      await refused(start([{ path: 'a', content: '!', encoding: 'base64' }]), 400, 'request.invalid');
    });

    it('runs a program to its end, on the record', async () => {
      const started = await twin().start('greeting', { name: 'Ada' });
      assert.equal(started.input && (started.input as { name: string }).name, 'Ada');
      const ended = await twin().endedAs('succeeded', started.run);
      assert.deepEqual(ended.output, { greeting: 'Hello, Ada!', kept: 'Hello, Ada!' });
      assert.deepEqual([ended.operations, ended.generation, ended.openApprovals], [3, 1, []]);
      const log = await twin().log(started.run);
      assert.deepEqual(
        log.map(({ type }) => type),
        ['run.created', 'run.carried', ...Array(3).fill('operation.completed'), 'run.succeeded'],
      );
      assert.equal(log[0]?.by, await twin().actor());
    });

    it('answers at once without wait=, and with it when the run has ended', async () => {
      await twin().publish('greeting');
      const body = { agent: 'greeting', input: { name: 'Bo' } };
      const accepted = await twin().request('POST', '/v1/runs', { body });
      const { data } = (await accepted.json()) as { data: { run: string } };
      assert.deepEqual([accepted.status, accepted.headers.get('location')], [202, `/v1/runs/${data.run}`]);
      // The next one finds everything warm: a wait is no longer than 20 s.
      await twin().ended(data.run);
      const ended = await (await twin().client()).startRun(body, { wait: 20 });
      assert.equal(ended.status, 'succeeded');
    });

    it('starts one run under one Idempotency-Key', async () => {
      await twin().publish('greeting');
      const headers = { 'idempotency-key': `key-${process.pid}` };
      const body = { agent: 'greeting', input: { name: 'Cy' } };
      const answers = await Promise.all(
        [1, 2, 3].map(() => twin().request('POST', '/v1/runs', { body, headers })),
      );
      const runs = await Promise.all(
        answers.map(async (answer) => (await answer.json()) as { data: { run: string } }),
      );
      assert.deepEqual(
        answers.map(({ status }) => status),
        [202, 202, 202],
      );
      assert.equal(new Set(runs.map(({ data }) => data.run)).size, 1);
      const replayed = answers.filter((answer) => answer.headers.get('idempotency-replayed') === 'true');
      assert.equal(replayed.length, 2);
      const reordered = '{"input":{"name":"Cy"},"agent":"greeting"}';
      const again = await twin().request('POST', '/v1/runs', { body: reordered, headers });
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
    });

    it('refuses another request under a key that was used', async () => {
      const client = await twin().client();
      const options = { idempotencyKey: `used-${process.pid}` };
      await twin().publish('greeting');
      const first = await client.startRun({ agent: 'greeting', input: { name: 'Di' } }, options);
      const second = client.startRun({ agent: 'greeting', input: { name: 'Ed' } }, options);
      const { details } = await refused(second, 409, 'idempotency.conflict');
      assert.equal(details['run'], first.run);
    });

    it('fails with the line of the author where a program throws', async () => {
      const { run } = await twin().start('failing', { how: 'throws' });
      const { error } = await twin().endedAs('failed', run);
      assert.equal(error?.code, 'program.failed');
      assert.match(error?.message ?? '', /RangeError: Too deep/);
      assert.match(JSON.stringify(error), /failing\.ts:16/);
    });

    it('fails with the error of an operation that is not caught, and goes on where it is', async () => {
      const { run } = await twin().start('failing', { how: 'reads' });
      const { error } = await twin().endedAs('failed', run);
      assert.equal(error?.code, 'program.failed');
      assert.match(JSON.stringify(error), /nowhere\.txt.*failing\.ts:7/);
      const caught = await twin().outputOf('failing', { how: 'catches' });
      assert.deepEqual(caught, { code: 'file.not-found', operation: 1 });
    });

    it('ends an endless loop as unresponsive, while other runs go on', async () => {
      const { run } = await twin().start('looping');
      await twin().outputOf('greeting', { name: 'Flo' });
      const { error } = await twin().endedAs('failed', run);
      assert.equal(error?.code, 'program.unresponsive');
    });

    it('does several things at once, and goes on with the first', async () => {
      assert.deepEqual(await twin().outputOf('juggling'), {
        all: ['A', 'B', 'slept'],
        first: 'sleep',
        settled: ['rejected', 'fulfilled'],
      });
    });

    it('sleeps by the clock', async () => {
      assert.ok((await twin().outputOf<number>('dozing', { ms: 1_200 })) >= 1_200);
    });

    it('takes more outcomes at once than one append holds', async () => {
      assert.equal(await twin().outputOf('oversleeping', { times: 60, ms: 300 }), 60);
    });

    it('goes through hundreds of operations, over several steps', async () => {
      const { run } = await twin().start('counting', { steps: 350 });
      assert.equal(await twin().output(run), 350);
      assert.equal((await twin().ended(run)).operations, 351);
    });

    it('carries large inputs and outputs, and says when they are too large', async () => {
      const text = 'äöü'.repeat(70_000);
      const { run } = await twin().start('echoing', { text, times: 2 });
      assert.equal(await twin().output(run), text.repeat(2));
      const { input, inputUrl } = await twin().ended(run);
      assert.equal(input, undefined);
      assert.deepEqual(await (await fetch(inputUrl ?? '')).json(), { text, times: 2 });
      const created = (await twin().log(run))[0];
      assert.deepEqual(Object.keys(created?.payload['input'] as object).sort(), ['blob', 'size']);
      const body = { agent: 'echoing', input: { text: 'x'.repeat(5 * 1024 * 1024), times: 1 } };
      const refusal = await twin().request('POST', '/v1/runs', { body });
      assert.equal(refusal.status, 413);
      assert.equal(((await refusal.json()) as { code: string }).code, 'request.too-large');
    });
  });
}
