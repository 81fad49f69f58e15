import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chainStart, eventHash } from '../../../shared/domain/chain.ts';
import { migrations } from '../../../shared/postgres/schema/migrations.ts';
import type { Cluster } from '../../support/postgres/cluster.ts';
import { freshSchema, openPostgresStores } from '../../support/postgres/stores.ts';
import { runId, tenant } from '../fixtures.ts';

const run = runId(1);
const rival = fileURLToPath(new URL('./testing/rival.ts', import.meta.url));
const processes = 4;
const times = 40;

/** That many may write at once. */
export function describeRivals(cluster: Cluster): void {
  describe('rivals: PostgreSQL', () => {
    test('many processes that make the schema and append to one run at once leave one chain without gaps', async (context) => {
      const schema = freshSchema();
      const { address } = cluster;
      await Promise.all(
        Array.from({ length: processes }, (_, index) =>
          promisify(execFile)(process.execPath, [rival, address, schema, run, String(times), `r${index}`]),
        ),
      );
      const { log } = openPostgresStores(context, { address, schema });
      const { events } = await log.forTenant(tenant).read(run, 0);
      let hash = chainStart;
      for (const [index, event] of events.entries()) {
        assert.equal(event.seq, index + 1);
        assert.equal(event.prev, hash);
        hash = eventHash(event);
      }
      assert.equal(events.length, processes * times);
      assert.equal(new Set(events.map(({ id }) => id)).size, processes * times, 'each once');
      assert.deepEqual(await log.forTenant(tenant).head(run), { run, seq: processes * times, hash });
      const versions = await cluster.admin(`SELECT version FROM ${schema}.schema_versions`);
      assert.equal(versions.length, migrations.length);
    });
  });
}
