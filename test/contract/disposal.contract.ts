import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EndedRow } from '../../shared/domain/projections.ts';
import type { Delivery } from '../../shared/domain/webhooks/delivery.ts';
import { approvalRow, artifactRow, Chain, digestOf, minute, runId, runRow, tenant } from './fixtures.ts';
import type { MakeStores, Stores } from './stores.ts';

const run = runId(1);
const hook = 'whk_1';
const secret = 'said by nobody but us, in forty characters';

type Kinds = 'log' | 'outbox' | 'projections' | 'tokens' | 'disposal' | 'reopen';

/** What everything that takes away does; `make` opens it empty, with the stores it takes away from. */
export function describeDisposal(name: string, make: MakeStores<Kinds>): void {
  describe(`disposal: ${name}`, () => {
    test('lists runs by their end, with or without a time of their own', async (context) => {
      const stores = await make(context);
      await end(stores, runId(1), { endedAt: minute(30) });
      await end(stores, runId(2), { endedAt: minute(10) });
      await end(stores, runId(3), { endedAt: minute(5), removeAt: minute(50) });
      await end(stores, runId(4), { endedAt: minute(20) }, 'other');
      const { disposal } = stores;
      const ended = async (before: string, limit = 9) =>
        (await disposal.forTenant(tenant).ended(before, limit)).map((one) => one.run);
      assert.deepEqual(await ended(minute(9)), []);
      assert.deepEqual(await ended(minute(30)), [runId(2), runId(1)]);
      assert.deepEqual(await ended(minute(30), 1), [runId(2)]);
      assert.deepEqual(await disposal.expired(minute(49), 9), []);
      assert.deepEqual(await disposal.expired(minute(50), 9), [{ tenant, run: runId(3) }]);
      await stores.projections.reschedule({ tenant, run: runId(2), checkAt: minute(99) });
      assert.deepEqual(await ended(minute(30)), [runId(1)], 'what is still due is left alone');
    });

    test('removes a run with all that belongs to it, and nothing else, for good', async (context) => {
      const stores = await make(context);
      const other = runId(2);
      for (const id of [run, other]) await end(stores, id, { endedAt: minute(1) });
      const token = { run, generation: 1, loop: 1, token: 't', told: 0 };
      await stores.tokens.forTenant(tenant).put(token);
      await stores.disposal.forTenant('other').remove(run);
      assert.ok(await stores.log.forTenant(tenant).head(run), 'not by another tenant');
      await stores.disposal.forTenant(tenant).remove(run);
      await stores.disposal.forTenant(tenant).remove(run);
      const { log, projections, tokens, disposal, outbox } = await stores.reopen();
      assert.deepEqual((await log.forTenant(tenant).read(run, 0)).events, []);
      assert.equal(await log.forTenant(tenant).head(run), undefined);
      assert.equal(await projections.forTenant(tenant).run(run), undefined);
      assert.deepEqual(await projections.forTenant(tenant).artifacts(run), []);
      assert.equal(await tokens.forTenant(tenant).get(run), undefined);
      assert.equal(await log.forTenant(tenant).idempotency(`key ${run}`), undefined);
      assert.deepEqual(await disposal.forTenant(tenant).ended(minute(9), 9), [{ tenant, run: other }]);
      assert.equal((await log.forTenant(tenant).read(other, 0)).events.length, 1);
      assert.ok(await projections.forTenant(tenant).run(other));
      const told = await outbox.forTenant(tenant).list(hook, {});
      assert.deepEqual(
        told.items.map((one) => one.run),
        [other],
      );
      const late = { ...deliveryOf(run), revision: 2 };
      assert.equal(
        await outbox.forTenant(tenant).put(late),
        false,
        'an attempt under way brings nothing back',
      );
    });

    test('removes a run of many events', async (context) => {
      const stores = await make(context);
      const chain = new Chain(run);
      for (let n = 0; n < 90; n += 1) await stores.log.forTenant(tenant).append(chain.next(25));
      await stores.disposal.forTenant(tenant).remove(run);
      assert.deepEqual((await stores.log.forTenant(tenant).read(run, 0)).events, []);
    });

    test('puts what is left of an event in its place, and the rows that follow', async (context) => {
      const stores = await make(context);
      await end(stores, run, { endedAt: minute(1) });
      const log = stores.log.forTenant(tenant);
      const [event] = (await log.read(run, 0)).events;
      assert.ok(event);
      const erased = { ...event, salt: '', payload: {}, erased: { at: minute(2), by: 'x', reason: 'y' } };
      const row = runRow(run, { status: 'succeeded' });
      await stores.disposal.forTenant(tenant).erase({
        run,
        event: erased as typeof event,
        projections: [{ kind: 'run', row }],
        told: [event.id],
        blobs: [digestOf('e')],
      });
      const after = await stores.reopen();
      assert.deepEqual((await after.log.forTenant(tenant).read(run, 0)).events, [erased]);
      assert.equal(await after.log.forTenant(tenant).snapshot(run), undefined);
      assert.equal(await after.log.forTenant(tenant).idempotency(`key ${run}`), undefined);
      assert.deepEqual(await after.projections.forTenant(tenant).run(run), row);
      assert.deepEqual((await after.projections.forTenant(tenant).approvals({ run })).items, []);
      assert.deepEqual(await after.disposal.forTenant(tenant).unnamed(9), [digestOf('e')]);
      assert.equal(await after.disposal.settle(), true);
    });

    test('remembers blobs that perhaps nothing names, until it is told', async (context) => {
      const stores = await make(context);
      const ours = stores.disposal.forTenant(tenant);
      await ours.noteUnnamed([digestOf('b'), digestOf('a')]);
      await ours.noteUnnamed([digestOf('a')]);
      await stores.disposal.forTenant('other').noteUnnamed([digestOf('c')]);
      assert.deepEqual(await ours.unnamed(1), [digestOf('a')]);
      assert.deepEqual(await stores.disposal.tenantsWithUnnamed(), [tenant, 'other'].sort());
      await ours.forgetUnnamed([digestOf('a'), digestOf('b')]);
      const { disposal } = await stores.reopen();
      assert.deepEqual(await disposal.tenantsWithUnnamed(), ['other']);
    });
  });
}

const deliveryOf = (id: string, of = tenant): Delivery => ({
  tenant: of,
  webhook: hook,
  run: id,
  delivery: `dlv_${id}`,
  event: 'run.succeeded',
  body: secret,
  status: 'pending',
  createdAt: minute(0),
  attempts: 0,
  dueAt: minute(0),
  revision: 1,
});

/** A run of one event that says the secret, with everything that can belong to a run. */
async function end(
  { log }: Pick<Stores, 'log'>,
  id: string,
  ended: Pick<EndedRow, 'endedAt' | 'removeAt'>,
  of = tenant,
): Promise<void> {
  const chain = new Chain(id, of);
  const append = chain.next(1, secret);
  await log.forTenant(of).append({
    ...append,
    projections: [
      { kind: 'run', row: runRow(id, { tenant: of, agent: 'writer' }) },
      { kind: 'approval', row: approvalRow(`apr_${id}`, { tenant: of, run: id, what: secret }) },
      { kind: 'artifact', row: artifactRow(secret, { tenant: of, run: id }) },
      { kind: 'ended', row: { tenant: of, run: id, ...ended } },
    ],
    deliveries: [deliveryOf(id, of)],
    idempotency: { key: `key ${id}`, body: digestOf('d'), resource: id, at: minute(0) },
  });
}
