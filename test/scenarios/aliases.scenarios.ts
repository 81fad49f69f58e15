import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TandemClient } from '../../clients/sdk/client.ts';
import { stranger, user } from './callers.ts';
import { atOnce } from './pace.ts';
import { bundleOf, refused, type Twin } from './twin.ts';

/** Publishes 1.0.0, which gives back a text twice, and 2.0.0, which gives back a greeting. */
async function twoVersions(client: TandemClient, agent: string): Promise<readonly [string, string]> {
  const first = await client.publishVersion(agent, { number: '1.0.0', bundle: await bundleOf('echoing') });
  const second = await client.publishVersion(agent, { number: '2.0.0', bundle: await bundleOf('greeting') });
  return [first.digest, second.digest];
}

const input = { text: 'a', times: 2, name: 'Ada' };

export function aliases(twin: () => Twin): void {
  describe('aliases', { concurrency: atOnce(4) }, () => {
    it('a start uses the alias it names, `live` when it names nothing, or else the version published last', async () => {
      const client = await twin().client();
      const [first, second] = await twoVersions(client, 'aliased');
      const start = async (version?: string) =>
        client.startRun({ agent: 'aliased', input, ...(version === undefined ? {} : { version }) });
      assert.equal((await start()).version, second);
      await client.setAlias('aliased', 'live', { version: '1.0.0' });
      await client.setAlias('aliased', 'next', { version: second });
      const [live, next] = [await start(), await start('next')];
      assert.deepEqual([live.version, live.alias], [first, 'live']);
      assert.deepEqual([next.version, next.alias], [second, 'next']);
      assert.equal((await start('2.0.0')).alias, undefined);
      const created = await twin().event(live.run, 'run.created');
      const { version, alias } = created.payload as { version: string; alias: string };
      assert.deepEqual([version, alias], [first, 'live']);
      await client.removeAlias('aliased', 'live');
      assert.equal((await start()).version, second);
    });

    it('a new version leaves earlier runs with theirs, and takes over when its alias moves', async () => {
      const client = await twin().client();
      await client.publishVersion('moving', { number: '1.0.0', bundle: await bundleOf('listening') });
      await client.setAlias('moving', 'live', { version: '1.0.0' });
      const early = await client.startRun({ agent: 'moving', input: { names: ['go'] } });
      await twin().event(early.run, 'operation.requested');
      await client.publishVersion('moving', { number: '2.0.0', bundle: await bundleOf('echoing') });
      await client.setAlias('moving', 'live', { version: '2.0.0' });
      const late = await twin().ended((await client.startRun({ agent: 'moving', input })).run);
      assert.deepEqual([late.number, late.output], ['2.0.0', 'aa']);
      await client.signalRun(early.run, { name: 'go', payload: 'on' });
      const ended = await twin().ended(early.run);
      assert.deepEqual([ended.number, ended.output], ['1.0.0', ['on']]);
    });

    it('a share gives some sessions the new version, each session always the same, and never back', async () => {
      const client = await twin().client();
      await twoVersions(client, 'shared');
      const sessions = Array.from({ length: 12 }, (_, index) => `session-${index}`);
      const draw = async (percent: number): Promise<readonly string[]> => {
        await client.setAlias('shared', 'live', { version: '1.0.0', share: { version: '2.0.0', percent } });
        const runs = sessions.map((session) => client.startRun({ agent: 'shared', input, session }));
        return (await Promise.all(runs)).map(({ number }) => number);
      };
      const [half, again, more] = [await draw(50), await draw(50), await draw(90)];
      assert.deepEqual(again, half);
      assert.deepEqual([...new Set(half)].toSorted(), ['1.0.0', '2.0.0']);
      for (const [index, number] of half.entries()) {
        if (number === '2.0.0') assert.equal(more[index], '2.0.0', 'moved back');
      }
    });

    it('a called agent is resolved likewise, and its run says by which alias', async () => {
      const client = await twin().client();
      const bundle = await bundleOf('calling');
      const { digest } = await client.publishVersion('calling', { number: '0.9.0', bundle });
      await client.setAlias('calling', 'steady', { version: '0.9.0' });
      const start = { agent: 'calling', input: { levels: 1, last: 'answers', version: 'steady' } };
      const { run } = await client.startRun(start);
      assert.equal(await twin().output(run), 2);
      const { items } = await client.listRuns({ parent: run });
      assert.deepEqual([items[0]?.version, items[0]?.alias], [digest, 'steady']);
    });

    it('setting an alias to what it is changes nothing; it can only point at what there is', async () => {
      const client = await twin().client();
      const [, second] = await twoVersions(client, 'same');
      const setting = { version: '1.0.0', share: { version: '2.0.0', percent: 5 } };
      const set = await client.setAlias('same', 'live', setting);
      assert.deepEqual(set.share, { version: second, number: '2.0.0', percent: 5 });
      assert.deepEqual(await client.setAlias('same', 'live', setting), set, 'not even its time');
      assert.deepEqual((await client.getAgent('same')).aliases, [set]);
      await refused(client.setAlias('same', 'live', { version: '9.9.9' }), 404, 'resource.not-found');
      const both = { version: '2.0.0', share: { version: second, percent: 5 } };
      await refused(client.setAlias('same', 'live', both), 400, 'request.invalid');
      await refused(client.removeAlias('same', 'absent'), 404, 'resource.not-found');
      await refused(client.startRun({ agent: 'same', version: 'absent' }), 404, 'resource.not-found');
      const users = await twin().client(user);
      await refused(users.setAlias('same', 'live', setting), 403, 'auth.forbidden');
      const elsewhere = await twin().client(stranger);
      await refused(elsewhere.getAlias('same', 'live'), 404, 'resource.not-found');
      assert.deepEqual(await client.getAlias('same', 'live'), set);
    });

    it('has a name that cannot be taken for a number or a digest', async () => {
      const client = await twin().client();
      await twoVersions(client, 'named');
      for (const name of ['1.0.0', '1', 'a'.repeat(64), 'Live', 'a b', '-a']) {
        await refused(client.setAlias('named', name, { version: '1.0.0' }), 400, 'request.invalid');
      }
      await client.setAlias('named', 'a'.repeat(63), { version: '1.0.0' });
    });
  });
}
