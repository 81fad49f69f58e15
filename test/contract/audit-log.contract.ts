import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ApiKey, RecordChange, Tenant } from '../../shared/domain/audit/records.ts';
import { limits } from '../../shared/domain/limits.ts';
import { AuditChain } from './audit-chain.ts';
import { digestOf, minute, tenant } from './fixtures.ts';
import type { MakeStores } from './stores.ts';

const tenantRow = (changes: Partial<Tenant> = {}): Tenant => ({
  tenant,
  status: 'active',
  createdAt: minute(0),
  createdBy: 'platform:pat',
  ...changes,
});

const keyRow = (key: string, changes: Partial<ApiKey> = {}): ApiKey => ({
  tenant,
  key,
  name: 'nightly build',
  secretDigest: digestOf('a'),
  roles: ['operator'],
  createdAt: minute(0),
  createdBy: 'user:ann',
  ...changes,
});

const versionRow = {
  tenant,
  agent: 'writer',
  digest: digestOf('a'),
  brain: 'program',
  bundle: digestOf('f'),
  bundleSize: 10,
  publishedAt: minute(0),
  publishedBy: 'ann',
} as const;

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const put = (row: Tenant | ApiKey): RecordChange =>
  'key' in row
    ? { kind: 'key', tenant: row.tenant, id: row.key, row }
    : { kind: 'tenant', tenant: row.tenant, id: row.tenant, row };

/** What every store of audit logs and of the records that follow from them does; `make` opens an empty one. */
export function describeAuditLog(
  name: string,
  make: MakeStores<'agents' | 'auditLog' | 'records' | 'reopen'>,
): void {
  describe(`audit log: ${name}`, () => {
    test('events are read in order, a page at a time', async (context) => {
      const log = (await make(context)).auditLog.forTenant(tenant);
      const chain = new AuditChain(tenant);
      const appends = [chain.next(), chain.next([], { count: 2 })];
      for (const append of appends) await log.append(append);
      const events = appends.flatMap((append) => append.events);
      assert.deepEqual(await log.read(0), { events, more: false });
      assert.deepEqual(await log.read(0, 2), { events: events.slice(0, 2), more: true });
      assert.deepEqual(await log.read(2, 2), { events: events.slice(2), more: false });
      assert.deepEqual(await log.read(3), { events: [], more: false });
      assert.deepEqual(await log.head(), appends[1]?.head);
    });

    test('a page holds no more bytes than allowed, and one event at least', async (context) => {
      const log = (await make(context)).auditLog.forTenant(tenant);
      const chain = new AuditChain(tenant);
      const reason = 'x'.repeat(limits.pageBytes * 0.6);
      for (let count = 0; count < 2; count += 1) await log.append(chain.next([], { reason }));
      const first = await log.read(0);
      assert.equal(first.events.length, 1);
      assert.equal(first.more, true);
      assert.equal((await log.read(1)).more, false);
    });

    test('of two who build on the same event, one is told of the conflict and changes nothing', async (context) => {
      const { auditLog, records } = await make(context);
      const log = auditLog.forTenant(tenant);
      const mine = new AuditChain(tenant).next([put(tenantRow())]);
      const theirs = new AuditChain(tenant).next([put(tenantRow({ name: 'Another' }))]);
      const [first, second] = await Promise.allSettled([log.append(mine), log.append(theirs)]);
      assert.equal(first?.status, 'fulfilled');
      assert.equal(second?.status === 'rejected' && second.reason.code, 'log.conflict');
      assert.deepEqual(second?.status === 'rejected' && second.reason.details, { expected: 0, actual: 1 });
      assert.deepEqual(await records.find('tenant', tenant), tenantRow());
      assert.equal((await log.read(0)).events.length, 1);
    });

    test('a record is replaced by a later one and removed', async (context) => {
      const { auditLog, records } = await make(context);
      const log = auditLog.forTenant(tenant);
      const chain = new AuditChain(tenant);
      await log.append(chain.next([put(keyRow('k1')), put(keyRow('k2'))]));
      assert.deepEqual(await records.find('key', 'k1'), keyRow('k1'));
      await log.append(chain.next([put(keyRow('k1', { revokedAt: minute(1) }))]));
      assert.deepEqual(await records.find('key', 'k1'), keyRow('k1', { revokedAt: minute(1) }));
      await log.append(chain.next([{ kind: 'key', tenant, id: 'k1', row: null }]));
      assert.equal(await records.find('key', 'k1'), undefined);
      assert.equal(await records.forTenant(tenant).get('key', 'k1'), undefined);
      assert.deepEqual(await records.forTenant(tenant).list('key'), [keyRow('k2')]);
    });

    test('tenants do not see each other, and are listed in order', async (context) => {
      const { auditLog, records } = await make(context);
      await auditLog
        .forTenant(tenant)
        .append(new AuditChain(tenant).next([put(keyRow('k1')), put(tenantRow())]));
      const other = tenantRow({ tenant: 'other' });
      await auditLog.forTenant('other').append(new AuditChain('other').next([put(other)]));
      assert.equal((await auditLog.forTenant('other').read(0)).events.length, 1);
      assert.equal(await records.forTenant('other').get('key', 'k1'), undefined);
      assert.deepEqual(await records.forTenant('other').list('key'), []);
      assert.deepEqual(await records.all('tenant', { after: '', limit: 10 }), [tenantRow(), other]);
      assert.deepEqual(await records.all('tenant', { after: tenant, limit: 10 }), [other]);
      assert.deepEqual(await records.all('tenant', { after: '', limit: 1 }), [tenantRow()]);
    });

    test('records are filled again by changes, and versions that none speaks of stay', async (context) => {
      const { agents, auditLog, records } = await make(context);
      const chain = new AuditChain(tenant);
      const version = (number: string, description: string): RecordChange => ({
        kind: 'version',
        tenant,
        id: `writer/${number}`,
        row: { ...versionRow, number, description },
      });
      const versions = [version('1.0.0', 'old'), version('2.0.0', 'damaged')];
      await auditLog
        .forTenant(tenant)
        .append(chain.next([put(keyRow('gone')), put(tenantRow()), ...versions]));
      await auditLog.forTenant('other').append(new AuditChain('other').next());
      assert.deepEqual(await Array.fromAsync(auditLog.tenants()), [tenant, 'other']);
      await records.replaceAll(each([put(keyRow('k1')), version('2.0.0', 'as it was'), put(keyRow('k2'))]));
      assert.deepEqual(await records.forTenant(tenant).list('key'), [keyRow('k1'), keyRow('k2')]);
      assert.deepEqual(await records.forTenant(tenant).list('key', { after: 'k1', limit: 9 }), [
        keyRow('k2'),
      ]);
      assert.deepEqual(await records.forTenant(tenant).list('key', { after: '', limit: 1 }), [keyRow('k1')]);
      assert.equal(await records.find('tenant', tenant), undefined);
      const told = (await agents.forTenant(tenant).versions('writer')).map(({ description }) => description);
      assert.deepEqual(told, ['as it was', 'old']);
    });

    test('everything is there after a restart', async (context) => {
      const { auditLog, reopen } = await make(context);
      const append = new AuditChain(tenant).next([put(tenantRow())]);
      await auditLog.forTenant(tenant).append(append);
      const reopened = await reopen();
      assert.deepEqual((await reopened.auditLog.forTenant(tenant).read(0)).events, append.events);
      assert.deepEqual(await reopened.auditLog.forTenant(tenant).head(), append.head);
      assert.deepEqual(await reopened.records.find('tenant', tenant), tenantRow());
    });
  });
}
