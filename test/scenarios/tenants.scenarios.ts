import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { owner, stranger } from './callers.ts';
import type { Twin } from './twin.ts';

export function tenants(twin: () => Twin): void {
  describe('tenants', { concurrency: 2 }, () => {
    it('see nothing of each other', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client(stranger);
      const seen = [
        ...(await client.listRuns()).items.map(({ tenant }) => tenant),
        ...(await client.listApprovals()).items.map(({ tenant }) => tenant),
        ...(await client.listAgents()).items.map(({ tenant }) => tenant),
      ];
      assert.deepEqual(
        seen.filter((tenant) => tenant !== stranger.tenant),
        [],
      );
      assert.deepEqual((await client.listApprovals({ run })).items, []);
      assert.deepEqual((await client.listRuns({ parent: run })).items, []);
      const foreign: [string, string, unknown?][] = [
        ['GET', '/v1/agents/asking'],
        ['GET', '/v1/agents/asking/versions/1.0.0'],
        ['POST', '/v1/runs', { agent: 'asking', input: {} }],
        ['GET', `/v1/runs/${run}`],
        ['GET', `/v1/runs/${run}?wait=1`],
        ['GET', `/v1/runs/${run}/events`],
        ['GET', `/v1/runs/${run}/verification`],
        ['POST', `/v1/runs/${run}/cancel`, {}],
        ['POST', `/v1/runs/${run}/pause`, {}],
        ['POST', `/v1/runs/${run}/resume`, {}],
        ['POST', `/v1/runs/${run}/signals`, { name: 'x' }],
        ['GET', `/v1/approvals/${approval}`],
        ['POST', `/v1/approvals/${approval}/approve`, {}],
        ['POST', `/v1/approvals/${approval}/deny`, {}],
        ['GET', `/v1/runs/${run}/artifacts`],
        ['GET', `/v1/runs/${run}/artifacts/x`],
      ];
      for (const [method, path, body] of foreign) {
        const answer = await twin().request(method, path, { body, caller: stranger });
        const { code } = (await answer.json()) as { code: string };
        assert.deepEqual([answer.status, code], [404, 'resource.not-found'], `${method} ${path}`);
      }
      await (await twin().client(owner)).approve(approval);
      assert.equal((await twin().output<{ decision: string }>(run)).decision, 'approved');
    });

    it('use the same names and keys without meeting', async () => {
      const options = { idempotencyKey: `shared-${process.pid}` };
      const started = await Promise.all(
        [owner, stranger].map(async (caller) => {
          await twin().publish('greeting', caller);
          const start = { agent: 'greeting', input: { name: caller.tenant } };
          return (await twin().client(caller)).startRun(start, options);
        }),
      );
      const [ours, theirs] = started;
      assert.notEqual(ours?.run, theirs?.run);
      const { greeting } = await twin().output<{ greeting: string }>(theirs?.run ?? '', stranger);
      assert.equal(greeting, 'Hello, elsewhere!');
    });

    it('do not call agents of each other', async () => {
      const { run } = await twin().start('calling', { levels: 1, last: 'answers' }, { caller: stranger });
      assert.equal(await twin().output(run, stranger), 2);
      const { items } = await (await twin().client(owner)).listRuns({ parent: run });
      assert.deepEqual(items, []);
    });
  });
}
