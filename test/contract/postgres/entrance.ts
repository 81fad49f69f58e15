import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { migrations } from '../../../shared/postgres/schema/migrations.ts';
import { statement } from '../../../shared/postgres/statement.ts';
import type { Cluster } from '../../support/postgres/cluster.ts';
import { freshSchema, openPostgresStores } from '../../support/postgres/stores.ts';
import { Chain, runId, tenant } from '../fixtures.ts';

const run = runId(1);
const patienceMs = 300;

/** Who is let in, and what somebody is told who is not. */
export function describeEntrance(cluster: Cluster): void {
  describe('entrance: PostgreSQL', () => {
    const head = (
      context: Parameters<typeof openPostgresStores>[0],
      address: string,
      schema = freshSchema(),
    ) => openPostgresStores(context, { address, schema, patienceMs }).log.forTenant(tenant).head(run);

    test('a wrong password, an unknown user and a database that is not there are told at once', async (context) => {
      const base = `127.0.0.1:${cluster.port}`;
      for (const [address, code] of [
        [`postgres://tandem:wrong@${base}/postgres`, '28P01'],
        [`postgres://nobody:wrong@${base}/postgres`, '28P01'],
        [`postgres://tandem:tandem@${base}/nothing`, '3D000'],
      ] as const)
        await assert.rejects(head(context, address), {
          code: 'store.denied',
          details: { store: 'postgres', host: '127.0.0.1', port: cluster.port, code },
        });
    });

    test('a user who may make no schema is told which right is missing', async (context) => {
      const name = freshSchema();
      await cluster.admin(`CREATE ROLE ${name} LOGIN PASSWORD 'x'`);
      const address = `postgres://${name}:x@127.0.0.1:${cluster.port}/postgres`;
      await assert.rejects(head(context, address), {
        code: 'store.denied',
        message: /permission denied for database/,
      });
    });

    test('where nobody listens, patience ends', async (context) => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      await assert.rejects(head(context, cluster.at(port)), {
        code: 'store.unavailable',
        details: { store: 'postgres', host: '127.0.0.1', port, code: 'ECONNREFUSED' },
      });
    });

    test('a server that accepts and says nothing is given up as well', async (context) => {
      const server = createServer((socket) => socket.resume());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      context.after(() => server.close());
      const { port } = server.address() as AddressInfo;
      await assert.rejects(head(context, cluster.at(port)), { code: 'store.unavailable' });
    });

    test('a server without encryption is not spoken to where it is asked for', async (context) => {
      await assert.rejects(head(context, `${cluster.address}?sslmode=verify-full`), {
        code: 'store.unavailable',
        message: /does not support SSL/,
      });
    });

    test('a schema of newer code is used as long as that says it can be', async (context) => {
      const schema = freshSchema();
      const { address } = cluster;
      const first = openPostgresStores(context, { address, schema });
      await first.log.forTenant(tenant).append(new Chain(run).next());
      await cluster.admin(`INSERT INTO ${schema}.schema_versions (version, least) VALUES (98, 1)`);
      assert.equal((await head(context, address, schema))?.seq, 1);
      await cluster.admin(`INSERT INTO ${schema}.schema_versions (version, least) VALUES (99, 98)`);
      await assert.rejects(head(context, address, schema), {
        code: 'data.newer',
        details: { schema, found: 99, supported: migrations.length },
      });
    });

    test('a statement that takes too long is ended, and the connection is good again', async (context) => {
      const { store } = openPostgresStores(context, { address: cluster.address, schema: freshSchema() });
      const slow = statement('test.slow', `SELECT set_config('statement_timeout', '50', false)`);
      const sleep = statement('test.sleep', 'SELECT pg_sleep(60)');
      await store.query(slow);
      await assert.rejects(store.query(sleep), { code: 'store.unavailable', message: /took too long/ });
      assert.equal((await store.query(statement('test.one', 'SELECT 1 AS one')))[0]?.['one'], 1);
    });
  });
}
