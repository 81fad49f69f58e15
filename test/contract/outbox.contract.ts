import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Delivery } from '../../shared/domain/webhooks/delivery.ts';
import { AuditChain } from './audit-chain.ts';
import { Chain, minute, runId, tenant } from './fixtures.ts';
import type { MakeStores } from './stores.ts';

const hook = 'whk_1';
const run = runId(1);

const delivery = (name: string, changes: Partial<Delivery> = {}): Delivery => ({
  tenant,
  webhook: hook,
  delivery: `dlv_${name}`,
  event: 'run.succeeded',
  body: '{"id":"evt_1","text":"ä 漢 🙂"}',
  status: 'pending',
  createdAt: minute(0),
  attempts: 0,
  dueAt: minute(0),
  revision: 1,
  ...changes,
});

function done({ dueAt: _, ...row }: Delivery): Delivery {
  return { ...row, status: 'delivered', attempts: 1, revision: row.revision + 1 };
}

/** What every outbox does, together with the logs that fill it; `make` opens empty ones. */
export function describeOutbox(
  name: string,
  make: MakeStores<'log' | 'auditLog' | 'outbox' | 'reopen'>,
): void {
  describe(`outbox: ${name}`, () => {
    test('what an append brings is there with its events, after a restart too', async (context) => {
      const stores = await make(context);
      const [ofRun, ofTenant] = [delivery('a'), delivery('b', { event: 'tenant.suspended' })];
      await stores.log.forTenant(tenant).append({ ...new Chain(run).next(), deliveries: [ofRun] });
      await stores.auditLog
        .forTenant(tenant)
        .append({ ...new AuditChain(tenant).next(), deliveries: [ofTenant] });
      for (const reopen of [false, true]) {
        const { outbox } = reopen ? await stores.reopen() : stores;
        const mine = outbox.forTenant(tenant);
        assert.deepEqual(await mine.get(hook, 'dlv_a'), ofRun);
        assert.deepEqual((await mine.due(hook, minute(0), 9)).length, 2);
        assert.deepEqual((await mine.list(hook, {})).items, [ofTenant, ofRun]);
        assert.equal(await outbox.forTenant('other').get(hook, 'dlv_a'), undefined);
        assert.equal(await mine.get('whk_2', 'dlv_a'), undefined);
      }
    });

    test('an append that fails brings nothing', async (context) => {
      const { log, auditLog, outbox } = await make(context);
      await log.forTenant(tenant).append(new Chain(run).next());
      await auditLog.forTenant(tenant).append(new AuditChain(tenant).next());
      const late = log.forTenant(tenant).append({ ...new Chain(run).next(), deliveries: [delivery('a')] });
      await assert.rejects(late, { code: 'log.conflict' });
      const lateAudit = { ...new AuditChain(tenant).next(), deliveries: [delivery('b')] };
      await assert.rejects(auditLog.forTenant(tenant).append(lateAudit), { code: 'log.conflict' });
      assert.deepEqual(await outbox.lanes(), []);
    });

    test('a delivery is put after the revision before it, by one of two', async (context) => {
      const mine = (await make(context)).outbox.forTenant(tenant);
      const first = delivery('a');
      assert.equal(await mine.put(done(first)), false, 'nothing is there yet');
      assert.equal(await mine.put(first), true);
      assert.equal(await mine.put(first), false);
      const rivals = await Promise.all([mine.put(done(first)), mine.put({ ...first, revision: 2 })]);
      assert.deepEqual(rivals, [true, false]);
      assert.deepEqual(await mine.get(hook, 'dlv_a'), done(first));
      assert.deepEqual(await mine.due(hook, minute(9), 9), []);
    });

    test('what is due comes longest due first, a webhook at a time', async (context) => {
      const { outbox } = await make(context);
      const mine = outbox.forTenant(tenant);
      const rows = [
        delivery('a', { dueAt: minute(3) }),
        delivery('b', { dueAt: minute(1) }),
        delivery('c', { dueAt: minute(2) }),
      ];
      for (const row of rows) await mine.put(row);
      await mine.put(delivery('d', { webhook: 'whk_2', dueAt: minute(5) }));
      await outbox.forTenant('other').put(delivery('e', { tenant: 'other' }));
      const due = async (before: string, limit: number) =>
        (await mine.due(hook, before, limit)).map((one) => one.delivery);
      assert.deepEqual(await due(minute(2), 9), ['dlv_b', 'dlv_c']);
      assert.deepEqual(await due(minute(9), 2), ['dlv_b', 'dlv_c']);
      assert.deepEqual(await outbox.lanes(), [
        { tenant, webhook: hook, dueAt: minute(1) },
        { tenant, webhook: 'whk_2', dueAt: minute(5) },
        { tenant: 'other', webhook: hook, dueAt: minute(0) },
      ]);
    });

    test('a list is newest first, in pages, by status', async (context) => {
      const mine = (await make(context)).outbox.forTenant(tenant);
      for (const letter of 'abcde') await mine.put(delivery(letter));
      await mine.put(done(delivery('c')));
      const first = await mine.list(hook, { limit: 2 });
      assert.deepEqual(
        first.items.map((one) => one.delivery),
        ['dlv_e', 'dlv_d'],
      );
      const { cursor = '' } = first;
      const rest = await mine.list(hook, { cursor });
      assert.deepEqual(
        rest.items.map((one) => one.delivery),
        ['dlv_c', 'dlv_b', 'dlv_a'],
      );
      assert.equal(rest.cursor, undefined);
      assert.deepEqual((await mine.list(hook, { status: 'delivered' })).items.length, 1);
      await assert.rejects(mine.list(hook, { cursor: 'x' }), { code: 'request.invalid' });
    });

    test('what is done is forgotten when it is old; what is due never', async (context) => {
      const { outbox } = await make(context);
      const mine = outbox.forTenant(tenant);
      const old = delivery('old');
      const recent = delivery('recent', { createdAt: minute(5) });
      for (const row of [old, recent, done(old), done(recent), delivery('due')]) await mine.put(row);
      assert.equal(await outbox.prune(minute(5)), 1);
      assert.equal(await outbox.prune(minute(5)), 0);
      assert.deepEqual(
        (await mine.list(hook, {})).items.map((one) => one.delivery),
        ['dlv_recent', 'dlv_due'],
      );
      await mine.removeAll(hook);
      assert.deepEqual((await mine.list(hook, {})).items, []);
      assert.deepEqual(await outbox.lanes(), []);
    });
  });
}
