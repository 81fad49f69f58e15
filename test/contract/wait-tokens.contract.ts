import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runId, tenant } from './fixtures.ts';
import type { MakeStores } from './stores.ts';

const run = runId(1);

/** What every store of task tokens does; `make` opens an empty one. */
export function describeWaitTokens(name: string, make: MakeStores<'tokens' | 'reopen'>): void {
  describe(`wait tokens: ${name}`, () => {
    test('a run has the token that was put last', async (context) => {
      const tokens = (await make(context)).tokens.forTenant(tenant);
      assert.equal(await tokens.get(run), undefined);
      await tokens.put({ run, generation: 1, loop: 1, token: 'one', told: 1 });
      await tokens.put({ run, generation: 1, loop: 1, token: 'two', told: 1 });
      assert.deepEqual(await tokens.get(run), { run, generation: 1, loop: 1, token: 'two', told: 1 });
      await tokens.put({ run, generation: 2, loop: 1, token: 'three', told: 1 });
      assert.deepEqual(await tokens.get(run), { run, generation: 2, loop: 1, token: 'three', told: 1 });
    });

    test('a token of a lower generation replaces nothing', async (context) => {
      const tokens = (await make(context)).tokens.forTenant(tenant);
      await tokens.put({ run, generation: 2, loop: 1, token: 'new', told: 1 });
      await tokens.put({ run, generation: 1, loop: 1, token: 'old', told: 1 });
      assert.deepEqual(await tokens.get(run), { run, generation: 2, loop: 1, token: 'new', told: 1 });
    });

    test('a token of an earlier wait replaces nothing, one of the same wait does', async (context) => {
      const tokens = (await make(context)).tokens.forTenant(tenant);
      await tokens.put({ run, generation: 1, loop: 10, token: 'now', told: 4 });
      await tokens.put({ run, generation: 1, loop: 9, token: 'late', told: 3 });
      assert.equal((await tokens.get(run))?.token, 'now');
      await tokens.put({ run, generation: 1, loop: 10, token: 'again', told: 4 });
      assert.equal((await tokens.get(run))?.token, 'again');
      await tokens.put({ run, generation: 2, loop: 1, token: 'next', told: 4 });
      assert.equal((await tokens.get(run))?.token, 'next');
    });

    test('only the very token is deleted', async (context) => {
      const tokens = (await make(context)).tokens.forTenant(tenant);
      await tokens.put({ run, generation: 2, loop: 1, token: 'new', told: 1 });
      await tokens.delete({ run, generation: 2, loop: 1, token: 'old', told: 1 });
      await tokens.delete({ run, generation: 1, loop: 1, token: 'new', told: 1 });
      assert.equal((await tokens.get(run))?.token, 'new');
      await tokens.delete({ run, generation: 2, loop: 1, token: 'new', told: 1 });
      assert.equal(await tokens.get(run), undefined);
      await tokens.delete({ run, generation: 2, loop: 1, token: 'new', told: 1 });
    });

    test('runs and tenants are kept apart, also after a restart', async (context) => {
      const { tokens, reopen } = await make(context);
      await tokens.forTenant(tenant).put({ run, generation: 1, loop: 1, token: 'ours', told: 1 });
      await tokens.forTenant('other').put({ run, generation: 3, loop: 1, token: 'theirs', told: 1 });
      const reopened = (await reopen()).tokens;
      assert.equal((await reopened.forTenant(tenant).get(run))?.token, 'ours');
      assert.equal((await reopened.forTenant('other').get(run))?.token, 'theirs');
      assert.equal(await reopened.forTenant(tenant).get(runId(2)), undefined);
    });
  });
}
