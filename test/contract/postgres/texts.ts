import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EventDraft } from '../../../shared/domain/events.ts';
import type { RunState } from '../../../shared/domain/state.ts';
import type { Cluster } from '../../support/postgres/cluster.ts';
import { freshSchema, openPostgresStores } from '../../support/postgres/stores.ts';
import { artifactRow, Chain, minute, runId, runRow, tenant } from '../fixtures.ts';

/** What a database, a driver or a careless type could change: the order of keys, numbers, and characters. */
const awkward = {
  ...{ z: 1, a: 2, '': 3, 'a b': { y: [], x: {} } },
  numbers: [1e21, 1e-7, 0.1, 9007199254740991],
  text: 'U+0000: \u0000, \u2028 \u2029 \\u0000 \\ " \' $$ {} {"a"} NULL \r\n\t',
};

/** That what is read is byte for byte what was written. */
export function describeTexts(cluster: Cluster): void {
  describe('texts: PostgreSQL', () => {
    test('events and snapshots come back byte for byte', async (context) => {
      const { log } = openPostgresStores(context, { address: cluster.address, schema: freshSchema() });
      const append = new Chain(runId(1)).nextOf([
        { type: 'run.paused', by: 'user:ann', payload: { reason: awkward } } as unknown as EventDraft,
      ]);
      await log.forTenant(tenant).append(append);
      const { events } = await log.forTenant(tenant).read(runId(1), 0);
      assert.equal(JSON.stringify(events), JSON.stringify(append.events));
      const state = { tenant, run: runId(1), seq: 1, awkward, half: '\ud800' } as unknown as RunState;
      await log.forTenant(tenant).saveSnapshot(state);
      assert.equal(JSON.stringify(await log.forTenant(tenant).snapshot(runId(1))), JSON.stringify(state));
    });

    test('rows too, and what they are found by tells any two texts apart', async (context) => {
      const { log, projections } = openPostgresStores(context, {
        address: cluster.address,
        schema: freshSchema(),
      });
      const names = ['a\u0000', 'a', 'a\ud800', 'a\ufffd', 'a\u00010000'];
      const rows = names.map((name, index) => runRow(runId(index), { session: name, agent: name }));
      await log.forTenant(tenant).append({
        ...new Chain(runId(9)).next(),
        projections: [
          ...rows.map((row) => ({ kind: 'run', row }) as const),
          ...names.map((name) => ({ kind: 'artifact', row: artifactRow(name) }) as const),
        ],
        idempotency: { key: 'k\u0000', body: 'b', resource: runId(9), at: minute(0) },
      });
      const ours = projections.forTenant(tenant);
      for (const [index, name] of names.entries()) {
        assert.deepEqual((await ours.runs({ session: name })).items, [rows[index]]);
        assert.deepEqual((await ours.runs({ agent: name, session: name })).items, [rows[index]]);
      }
      assert.deepEqual(
        (await ours.artifacts(runId(1))).map(({ name }) => name),
        names,
      );
      assert.equal((await log.forTenant(tenant).idempotency('k\u0000'))?.key, 'k\u0000');
      assert.equal(await log.forTenant(tenant).idempotency('k'), undefined);
    });
  });
}
