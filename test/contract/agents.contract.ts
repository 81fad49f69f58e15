import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentVersion } from '../../shared/ports/agents.ts';
import { digestOf, minute, tenant } from './fixtures.ts';
import type { MakeStores } from './stores.ts';

const version = (number: string, letter: string, changes: Partial<AgentVersion> = {}): AgentVersion => ({
  tenant,
  agent: 'writer',
  number,
  digest: digestOf(letter),
  brain: 'program',
  bundle: digestOf('f'),
  bundleSize: 10,
  publishedAt: minute(0),
  publishedBy: 'user:ann',
  ...changes,
});

/** What every store of published versions does; `make` opens an empty one. */
export function describeAgents(name: string, make: MakeStores<'agents' | 'reopen'>): void {
  describe(`agents: ${name}`, () => {
    test('a version is found by number and by digest', async (context) => {
      const agents = (await make(context)).agents.forTenant(tenant);
      const first = version('1.0.0', 'a', { description: 'Writes.', operationsPerStep: 1 });
      assert.deepEqual(await agents.publish(first), first);
      assert.deepEqual(await agents.get('writer', '1.0.0'), first);
      assert.deepEqual(await agents.get('writer', digestOf('a')), first);
      assert.equal(await agents.get('writer', '1.0.1'), undefined);
      assert.equal(await agents.get('reader', '1.0.0'), undefined);
      assert.equal(await agents.get('reader'), undefined);
    });

    test('without a version, the one published last is meant, whatever its number', async (context) => {
      const agents = (await make(context)).agents.forTenant(tenant);
      const [newer, fix] = [version('2.0.0', 'b'), version('1.0.1', 'c')];
      for (const one of [version('1.0.0', 'a'), newer, fix]) await agents.publish(one);
      assert.deepEqual(await agents.get('writer'), fix);
      assert.deepEqual(
        (await agents.versions('writer')).map((one) => one.number),
        ['1.0.1', '2.0.0', '1.0.0'],
      );
    });

    test('publishing the same content again changes nothing', async (context) => {
      const agents = (await make(context)).agents.forTenant(tenant);
      const first = version('1.0.0', 'a');
      await agents.publish(first);
      await agents.publish(version('1.1.0', 'b'));
      const again = await agents.publish(
        version('1.0.0', 'a', { publishedAt: minute(5), publishedBy: 'user:bob' }),
      );
      assert.deepEqual(again, first);
      assert.equal((await agents.get('writer'))?.number, '1.1.0');
      assert.equal((await agents.versions('writer')).length, 2);
    });

    test('other content under a number that exists is a conflict', async (context) => {
      const agents = (await make(context)).agents.forTenant(tenant);
      const rivals = ['a', 'b'].map((letter) => agents.publish(version('1.0.0', letter)));
      const [first, second] = await Promise.allSettled(rivals);
      assert.equal(first?.status, 'fulfilled');
      assert.equal(second?.status === 'rejected' && second.reason.code, 'version.conflict');
      assert.equal((await agents.get('writer', '1.0.0'))?.digest, digestOf('a'));
    });

    test('the list names each agent once, by its version published last', async (context) => {
      const agents = (await make(context)).agents.forTenant(tenant);
      await agents.publish(version('1.0.0', 'a'));
      await agents.publish(version('1.0.0', 'b', { agent: 'reader' }));
      await agents.publish(version('1.0.1', 'c'));
      assert.deepEqual(
        (await agents.list()).map((one) => `${one.agent} ${one.number}`),
        ['writer 1.0.1', 'reader 1.0.0'],
      );
    });

    test('tenants do not see each other', async (context) => {
      const { agents } = await make(context);
      await agents.forTenant(tenant).publish(version('1.0.0', 'a'));
      const theirs = agents.forTenant('other');
      assert.equal(await theirs.get('writer', '1.0.0'), undefined);
      assert.deepEqual(await theirs.list(), []);
      await theirs.publish(version('1.0.0', 'b', { tenant: 'other' }));
      assert.equal((await agents.forTenant(tenant).get('writer'))?.digest, digestOf('a'));
    });

    test('versions are there after a restart', async (context) => {
      const { agents, reopen } = await make(context);
      await agents.forTenant(tenant).publish(version('1.0.0', 'a'));
      const reopened = (await reopen()).agents.forTenant(tenant);
      assert.deepEqual(await reopened.get('writer'), version('1.0.0', 'a'));
    });
  });
}
