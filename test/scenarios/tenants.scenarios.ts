import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { examples, targetOf } from '../../functions/http/openapi/examples.ts';
import type { Route } from '../../functions/http/route.ts';
import { type RouteName, routes } from '../../functions/http/routes.ts';
import { owner, stranger } from './callers.ts';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

/** Every route that names something of a tenant; publishing makes what it names. */
const named = (Object.entries(routes) as [RouteName, Route][]).filter(
  ([name, { params, role }]) => params !== undefined && name !== 'publishVersion' && role !== 'platform',
);

/** What stands outside the tenants. */
const outside = (Object.entries(routes) as [RouteName, Route][]).filter(
  ([, { role }]) => role === 'platform',
);

export function tenants(twin: () => Twin): void {
  describe('tenants', { concurrency: atOnce(2) }, () => {
    it('see nothing of each other', async () => {
      const { run } = await twin().start('asking', {});
      const { approval } = await twin().approval(run);
      const client = await twin().client(stranger);
      const seen = [
        ...(await client.listRuns()).items.map(({ tenant }) => tenant),
        ...(await client.listApprovals()).items.map(({ tenant }) => tenant),
        ...(await client.listAgents()).items.map(({ tenant }) => tenant),
        ...(await client.listKeys()).items.map(({ tenant }) => tenant),
      ];
      assert.deepEqual(
        seen.filter((tenant) => tenant !== stranger.tenant),
        [],
      );
      assert.deepEqual((await client.listApprovals({ run })).items, []);
      assert.deepEqual((await client.listRuns({ parent: run })).items, []);
      const ours = await twin().client(owner);
      const { key } = await ours.createKey({ name: 'ours', roles: ['user'] });
      const url = 'https://example.com/hook';
      const { webhook } = await ours.addWebhook({ url, events: ['tenant.suspended'] });
      const { delivery } = await ours.testWebhook(webhook);
      const ids = {
        key,
        webhook,
        delivery,
        agent: 'asking',
        alias: 'live',
        version: '1.0.0',
        run,
        approval,
        name: 'x',
        seq: '1',
      };
      const foreign: [string, string, unknown?][] = [
        ['POST', '/v1/runs', { agent: 'asking', input: {} }],
        ...named.map(([name, { method, path }]): [string, string, unknown?] => [
          method,
          targetOf(path, { params: ids }),
          examples[name].body,
        ]),
      ];
      for (const [method, path, body] of foreign) {
        const answer = await twin().request(method, path, { body, caller: stranger });
        const { code } = (await answer.json()) as { code: string };
        assert.deepEqual([answer.status, code], [404, 'resource.not-found'], `${method} ${path}`);
      }
      await (await twin().client(owner)).approve(approval);
      assert.equal((await twin().output<{ decision: string }>(run)).decision, 'approved');
    });

    it('see nothing of what stands outside them', async () => {
      for (const [name, { method, path }] of outside) {
        const { body } = examples[name];
        const answer = await twin().request(method, targetOf(path, examples[name]), { body, caller: owner });
        const { code } = (await answer.json()) as { code: string };
        assert.deepEqual([answer.status, code], [403, 'auth.forbidden'], `${method} ${path}`);
      }
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
