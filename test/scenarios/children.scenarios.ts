import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunSummary } from '../../shared/protocol/runs.ts';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

export function children(twin: () => Twin): void {
  describe('calling other agents', { concurrency: atOnce(4) }, () => {
    it('answers what the called run gives back, over two levels', async () => {
      const { run } = await twin().start('calling', { levels: 2, last: 'answers' });
      assert.equal(await twin().output(run), 3);
      const [child] = await childrenOf(twin(), run);
      const [grandchild] = await childrenOf(twin(), child?.run ?? '');
      assert.deepEqual([child?.status, grandchild?.status], ['succeeded', 'succeeded']);
      assert.deepEqual([child?.parent, grandchild?.parent], [run, child?.run]);
      const created = (await twin().log(child?.run ?? ''))[0];
      assert.equal(created?.by, `run:${run}`);
    });

    it('fails when the called run fails, through every level that does not catch it', async () => {
      const { run } = await twin().start('calling', { levels: 2, last: 'fails' });
      const { error } = await twin().endedAs('failed', run);
      assert.match(error?.message ?? '', /The last one fails/);
      const caught = { levels: 1, last: 'fails', catches: true };
      const output = await twin().outputOf<{ code: string; message: string }>('calling', caught);
      assert.equal(output.code, 'program.failed');
      assert.match(output.message, /The last one fails/);
    });

    it('is refused for an agent that does not exist, and deeper than the limit', async () => {
      const deep = { levels: 9, last: 'answers' };
      const { run } = await twin().start('calling', deep);
      const { error } = await twin().endedAs('failed', run);
      assert.match(error?.message ?? '', /8 levels deep/);
    });

    it('ends with the run that called: cancelling it cancels all below', async () => {
      const { run } = await twin().start('calling', { levels: 2, last: 'waits' });
      const child = await twin().child(run);
      const grandchild = await twin().child(child);
      await twin().event(grandchild, 'operation.requested');
      await (await twin().client()).cancelRun(run);
      for (const each of [run, child, grandchild]) await twin().endedAs('cancelled', each);
    });

    it('tells the caller when the called run is cancelled', async () => {
      const { run } = await twin().start('calling', { levels: 1, last: 'waits', catches: true });
      const child = await twin().child(run);
      await (await twin().client()).cancelRun(child);
      assert.equal((await twin().output<{ code: string }>(run)).code, 'run.cancelled');
    });
  });
}

async function childrenOf(twin: Twin, parent: string): Promise<readonly RunSummary[]> {
  return (await (await twin.client()).listRuns({ parent })).items;
}
