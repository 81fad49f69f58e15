import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AgentVersion } from '../../shared/domain/audit/records.ts';
import { recordIds } from '../../shared/domain/audit/records.ts';
import { AuditChain } from './audit-chain.ts';
import { digestOf, minute, tenant } from './fixtures.ts';
import type { MakeStores, Stores } from './stores.ts';

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

/** Versions are written with the events of their tenant's audit log. */
async function publish({ auditLog }: Pick<Stores, 'auditLog'>, row: AgentVersion): Promise<void> {
  const log = auditLog.forTenant(row.tenant);
  const chain = new AuditChain(row.tenant, await log.head());
  const id = recordIds.version(row.agent, row.number);
  await log.append(chain.next([{ kind: 'version', tenant: row.tenant, id, row }]));
}

/** What every store of published versions does; `make` opens an empty one. */
export function describeAgents(name: string, make: MakeStores<'agents' | 'auditLog' | 'reopen'>): void {
  describe(`agents: ${name}`, () => {
    test('a version is found by number and by digest', async (context) => {
      const stores = await make(context);
      const agents = stores.agents.forTenant(tenant);
      const first = version('1.0.0', 'a', { description: 'Writes.', operationsPerStep: 1 });
      await publish(stores, first);
      assert.deepEqual(await agents.get('writer', '1.0.0'), first);
      assert.deepEqual(await agents.get('writer', digestOf('a')), first);
      assert.equal(await agents.get('writer', '1.0.1'), undefined);
      assert.equal(await agents.get('reader', '1.0.0'), undefined);
      assert.equal(await agents.get('reader'), undefined);
    });

    test('without a version, the one published last is meant, whatever its number', async (context) => {
      const stores = await make(context);
      const agents = stores.agents.forTenant(tenant);
      const [newer, fix] = [version('2.0.0', 'b'), version('1.0.1', 'c')];
      for (const one of [version('1.0.0', 'a'), newer, fix]) await publish(stores, one);
      assert.deepEqual(await agents.get('writer'), fix);
      assert.deepEqual(
        (await agents.versions('writer')).map((one) => one.number),
        ['1.0.1', '2.0.0', '1.0.0'],
      );
    });

    test('trials are meant when they are named, and where there is nothing else', async (context) => {
      const stores = await make(context);
      const agents = stores.agents.forTenant(tenant);
      await publish(stores, version('1.0.1-dev.1', 'a'));
      assert.equal((await agents.get('writer'))?.number, '1.0.1-dev.1');
      for (const one of [version('1.0.0', 'b'), version('1.0.1-dev.2', 'c')]) await publish(stores, one);
      assert.equal((await agents.get('writer'))?.number, '1.0.0');
      assert.equal((await agents.get('writer', '1.0.1-dev.2'))?.digest, digestOf('c'));
      assert.deepEqual(
        (await agents.list()).map((one) => one.number),
        ['1.0.0'],
      );
    });

    test('the list names each agent once, by its version published last', async (context) => {
      const stores = await make(context);
      const agents = stores.agents.forTenant(tenant);
      await publish(stores, version('1.0.0', 'a'));
      await publish(stores, version('1.0.0', 'b', { agent: 'reader' }));
      await publish(stores, version('1.0.1', 'c'));
      assert.deepEqual(
        (await agents.list()).map((one) => `${one.agent} ${one.number}`),
        ['writer 1.0.1', 'reader 1.0.0'],
      );
    });

    test('tenants do not see each other', async (context) => {
      const stores = await make(context);
      const { agents } = stores;
      await publish(stores, version('1.0.0', 'a'));
      const theirs = agents.forTenant('other');
      assert.equal(await theirs.get('writer', '1.0.0'), undefined);
      assert.deepEqual(await theirs.list(), []);
      await publish(stores, version('1.0.0', 'b', { tenant: 'other' }));
      assert.equal((await agents.forTenant(tenant).get('writer'))?.digest, digestOf('a'));
    });

    test('versions are there after a restart', async (context) => {
      const stores = await make(context);
      await publish(stores, version('1.0.0', 'a'));
      const reopened = (await stores.reopen()).agents.forTenant(tenant);
      assert.deepEqual(await reopened.get('writer'), version('1.0.0', 'a'));
    });
  });
}
