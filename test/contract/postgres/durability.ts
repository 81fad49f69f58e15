import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Delivery } from '../../../shared/domain/webhooks/delivery.ts';
import { statement } from '../../../shared/postgres/statement.ts';
import { type Cluster, connected } from '../../support/postgres/cluster.ts';
import { startRelay } from '../../support/postgres/relay.ts';
import { freshSchema, openPostgresStores } from '../../support/postgres/stores.ts';
import { AuditChain } from '../audit-chain.ts';
import { Chain, minute, runId, runRow, tenant } from '../fixtures.ts';

const run = runId(1);
const delivery: Delivery = {
  tenant,
  webhook: 'whk_1',
  delivery: 'dlv_1',
  event: 'run.succeeded',
  body: '{}',
  status: 'pending',
  createdAt: minute(0),
  attempts: 0,
  dueAt: minute(0),
  revision: 1,
};

/** That nothing is lost which was acknowledged, and nothing done twice of which the answer was lost. */
export function describeDurability(cluster: Cluster): void {
  describe('durability: PostgreSQL', () => {
    test('every connection syncs its commits, whatever the user has been given', async (context) => {
      const schema = freshSchema();
      await cluster.admin(`CREATE ROLE ${schema} LOGIN PASSWORD 'x' IN ROLE ${cluster.user}`);
      await cluster.admin(`GRANT CREATE ON DATABASE postgres TO ${schema}`);
      await cluster.admin(`ALTER ROLE ${schema} SET synchronous_commit = off`);
      await cluster.admin(`ALTER ROLE ${schema} SET default_transaction_isolation = serializable`);
      const address = `postgres://${schema}:x@127.0.0.1:${cluster.port}/postgres`;
      const { store } = openPostgresStores(context, { address, schema, connections: 3 });
      const ask = statement(
        'test.settings',
        `SELECT pg_backend_pid() AS pid, current_setting('synchronous_commit') AS commits,
          current_setting('transaction_isolation') AS isolation, current_setting('statement_timeout') AS timeout`,
      );
      const rows = await Promise.all([1, 2, 3].map(async () => (await store.query(ask))[0]));
      assert.equal(new Set(rows.map((row) => row?.['pid'])).size, 3, 'each on a connection of its own');
      for (const row of rows)
        assert.deepEqual(
          [row?.['commits'], row?.['isolation'], row?.['timeout']],
          ['on', 'read committed', '10s'],
        );
    });

    test('an append is one round trip, whatever it brings', async (context) => {
      const relay = await startRelay(context, cluster.port);
      const stores = openPostgresStores(context, { address: cluster.at(relay.port), schema: freshSchema() });
      const log = stores.log.forTenant(tenant);
      const chain = new Chain(run);
      await log.append(chain.next());
      const before = relay.roundTrips;
      await log.append({
        ...chain.next(25),
        projections: [
          { kind: 'run', row: runRow(run) },
          { kind: 'due', row: { tenant, run, checkAt: minute(1) } },
          { kind: 'ended', row: { tenant, run, endedAt: minute(1) } },
        ],
        deliveries: [delivery],
        idempotency: { key: 'k', body: 'b', resource: run, at: minute(0) },
      });
      assert.equal(relay.roundTrips - before, 1);
      await assert.rejects(log.append(new Chain(run).next()), { code: 'log.conflict' });
      assert.equal(relay.roundTrips - before, 2);
    });

    test('an append whose answer was lost is there once, and no conflict', async (context) => {
      const relay = await startRelay(context, cluster.port);
      const stores = openPostgresStores(context, { address: cluster.at(relay.port), schema: freshSchema() });
      const log = stores.log.forTenant(tenant);
      const chain = new Chain(run);
      await log.append(chain.next());
      relay.loseAnswerTo('answer lost');
      const idempotency = { key: 'k', body: 'b', resource: run, at: minute(0) };
      await log.append({ ...chain.next(2, 'answer lost'), idempotency });
      await log.append(chain.next());
      assert.deepEqual(
        (await log.read(run, 0)).events.map(({ seq }) => seq),
        [1, 2, 3, 4],
      );
    });

    test('a conflict whose answer was lost is a conflict still', async (context) => {
      const relay = await startRelay(context, cluster.port);
      const stores = openPostgresStores(context, { address: cluster.at(relay.port), schema: freshSchema() });
      const log = stores.log.forTenant(tenant);
      await log.append(new Chain(run).next(1, 'first'));
      relay.loseAnswerTo('too late');
      await assert.rejects(log.append(new Chain(run).next(1, 'too late')), {
        code: 'log.conflict',
        details: { run, expected: 0, actual: 1 },
      });
    });

    test('what happens in a tenant, and what webhooks are sent, survives lost answers too', async (context) => {
      const relay = await startRelay(context, cluster.port);
      const stores = openPostgresStores(context, { address: cluster.at(relay.port), schema: freshSchema() });
      const audit = stores.auditLog.forTenant(tenant);
      const chain = new AuditChain(tenant);
      await audit.append(chain.next());
      relay.loseAnswerTo('audit answer lost');
      await audit.append(chain.next([], { reason: 'audit answer lost' }));
      assert.equal((await audit.head())?.seq, 2);
      const outbox = stores.outbox.forTenant(tenant);
      relay.loseAnswerTo('dlv_1');
      assert.equal(await outbox.put(delivery), true);
      assert.equal(await outbox.put(delivery), false);
    });

    test('a session that the server ends is replaced, idle or at work', async (context) => {
      const schema = freshSchema();
      const stores = openPostgresStores(context, { address: cluster.address, schema, connections: 1 });
      const log = stores.log.forTenant(tenant);
      const chain = new Chain(run);
      await log.append(chain.next());
      const pid = async () =>
        (await stores.store.query(statement('test.pid', 'SELECT pg_backend_pid() AS pid')))[0]?.['pid'];
      const first = await pid();
      await cluster.admin(`SELECT pg_terminate_backend(${first})`);
      await log.append(chain.next());
      assert.notEqual(await pid(), first);
      // A lock holds the append until its session is ended.
      let append: Promise<void> | undefined;
      await connected(cluster.address, async (holder) => {
        await holder.query(`BEGIN; LOCK TABLE ${schema}.heads`);
        append = log.append(chain.next());
        await cluster.admin(`SELECT pg_terminate_backend(${await waiting(cluster)})`);
      });
      await append;
      assert.equal((await log.head(run))?.seq, 3);
    });
  });
}

/** Process id of the session that waits for a lock, as soon as one does. */
async function waiting(cluster: Cluster): Promise<number> {
  for (;;) {
    const [row] = await cluster.admin(`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
    if (row) return row['pid'] as number;
  }
}
