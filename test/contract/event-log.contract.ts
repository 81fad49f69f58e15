import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { limits } from '../../shared/domain/limits.ts';
import type { RunState } from '../../shared/domain/state.ts';
import type { Append, IdempotencyRecord } from '../../shared/ports/event-log.ts';
import { all, Chain, digestOf, minute, runId, runRow, tenant } from './fixtures.ts';
import type { MakeStores } from './stores.ts';

const run = runId(1);
const record = (changes: Partial<IdempotencyRecord> = {}): IdempotencyRecord => ({
  key: 'POST /v1/runs ann 1',
  body: digestOf('d'),
  resource: run,
  at: minute(0),
  ...changes,
});

/** What every run log does; `make` opens an empty one with the projections it writes. */
export function describeEventLog(name: string, make: MakeStores<'log' | 'projections' | 'reopen'>): void {
  describe(`event log: ${name}`, () => {
    test('a run that nobody has written is empty', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      assert.equal(await log.head(run), undefined);
      assert.deepEqual(await log.read(run, 0), { events: [], more: false });
      assert.equal(await log.snapshot(run), undefined);
      assert.equal(await log.idempotency('none'), undefined);
    });

    test('events come back as they were appended, in order', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const chain = new Chain(run);
      const appends = [chain.next(), chain.next(3), chain.next(1, 'äöü — 漢字 🙂 \u2028 "\\')];
      for (const append of appends) await log.append(append);
      const { events, more } = await log.read(run, 0);
      assert.deepEqual(
        events,
        appends.flatMap((append) => append.events),
      );
      assert.equal(more, false);
      assert.deepEqual(await log.head(run), appends.at(-1)?.head);
    });

    test('a head keeps its signature', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const append = new Chain(run).next();
      const head = { ...append.head, signature: { key: 'key', value: 'value' } };
      await log.append({ ...append, head });
      assert.deepEqual(await log.head(run), head);
    });

    test('an append that expects another end of the log is a conflict and leaves nothing', async (context) => {
      const { log, projections } = await make(context);
      const chain = new Chain(run);
      await log.forTenant(tenant).append(chain.next(2));
      const row = runRow(run, { status: 'failed' });
      const late: Append = { ...new Chain(run).next(), projections: [{ kind: 'run', row }] };
      await assert.rejects(log.forTenant(tenant).append(late), {
        code: 'log.conflict',
        details: { run, expected: 0, actual: 2 },
      });
      chain.next();
      await assert.rejects(log.forTenant(tenant).append(chain.next()), { code: 'log.conflict' });
      assert.equal((await log.forTenant(tenant).read(run, 0)).events.length, 2);
      assert.equal(await projections.forTenant(tenant).run(run), undefined);
    });

    test('an append to a run that is not there is a conflict', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const chain = new Chain(run);
      chain.next();
      await assert.rejects(log.append(chain.next()), {
        code: 'log.conflict',
        details: { run, expected: 1, actual: 0 },
      });
    });

    test('of appends in flight at once that expect the same end, one wins', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const rivals = ['one', 'two', 'three'].map((text) => new Chain(run).next(1, text));
      const other = log.append(new Chain(runId(2)).next());
      const settled = await Promise.allSettled(rivals.map((append) => log.append(append)));
      await other;
      assert.deepEqual(
        settled.map((one) => one.status),
        ['fulfilled', 'rejected', 'rejected'],
      );
      assert.deepEqual((await log.read(run, 0)).events, rivals[0]?.events);
    });

    test('appends in flight at once that build on each other are all kept', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const chain = new Chain(run);
      await Promise.all(Array.from({ length: 30 }, () => log.append(chain.next())));
      const { events } = await log.read(run, 0);
      assert.deepEqual(
        events.map((event) => event.seq),
        Array.from({ length: 30 }, (_, index) => index + 1),
      );
    });

    test('projections are committed with the events', async (context) => {
      const { log, projections } = await make(context);
      const row = runRow(run);
      await log.forTenant(tenant).append({ ...new Chain(run).next(), projections: [{ kind: 'run', row }] });
      assert.deepEqual(await projections.forTenant(tenant).run(run), row);
    });

    test('a projection that fails takes the whole append with it, and nothing else', async (context) => {
      const { log, projections } = await make(context);
      const impossible = { ...runRow(run), error: { code: 'x', message: 'x', details: 1n } };
      const append = {
        ...new Chain(run).next(),
        projections: [
          { kind: 'due', row: { tenant, run, checkAt: minute(1) } },
          { kind: 'run', row: impossible },
        ],
        idempotency: record(),
      } as unknown as Append;
      const company = log.forTenant(tenant).append(new Chain(runId(2)).next());
      await assert.rejects(log.forTenant(tenant).append(append));
      await company;
      assert.equal(await log.forTenant(tenant).head(run), undefined);
      assert.deepEqual((await log.forTenant(tenant).read(run, 0)).events, []);
      assert.equal(await log.forTenant(tenant).idempotency(record().key), undefined);
      assert.deepEqual(await projections.due(minute(100), 10), []);
      assert.equal((await log.forTenant(tenant).read(runId(2), 0)).events.length, 1);
    });

    test('tenants do not see each other', async (context) => {
      const { log } = await make(context);
      const ours = new Chain(run).next(1, 'ours');
      const theirs = new Chain(run, 'other').next(2, 'theirs');
      await log.forTenant(tenant).append({ ...ours, idempotency: record() });
      await log.forTenant('other').append({ ...theirs, idempotency: record({ body: digestOf('e') }) });
      assert.deepEqual((await log.forTenant(tenant).read(run, 0)).events, ours.events);
      assert.deepEqual((await log.forTenant('other').read(run, 0)).events, theirs.events);
      assert.equal((await log.forTenant(tenant).idempotency(record().key))?.body, digestOf('d'));
      assert.equal(await log.forTenant('third').head(run), undefined);
    });

    test('more than 25 events or 1 MiB are refused', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      await assert.rejects(log.append(new Chain(run).next(limits.appendEvents + 1)), {
        code: 'limit.exceeded',
      });
      const half = 'x'.repeat(limits.appendBytes / 2);
      await assert.rejects(log.append(new Chain(run).next(2, half)), { code: 'limit.exceeded' });
      const wide = 'ä'.repeat(limits.appendBytes / 2);
      await assert.rejects(log.append(new Chain(run).next(1, wide)), { code: 'limit.exceeded' });
      assert.equal(await log.head(run), undefined);
      await log.append(new Chain(run).next(limits.appendEvents, 'x'.repeat(30_000)));
      assert.equal((await log.head(run))?.seq, limits.appendEvents);
    });

    test('events that do not continue the run are refused', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const append = new Chain(run).next(2);
      await assert.rejects(log.append({ ...append, events: append.events.slice(1) }), { code: 'internal' });
      await assert.rejects(log.append({ ...append, events: [] }), { code: 'internal' });
      await assert.rejects(log.append(new Chain(run, 'other').next()), { code: 'internal' });
      assert.equal(await log.head(run), undefined);
    });

    test('reading goes on after any event, in pages bounded by count and bytes', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const chain = new Chain(run);
      for (let index = 0; index < 6; index += 1) await log.append(chain.next(1, 'x'.repeat(1_000_000)));
      const seqs = async (after: number, limit?: number) => {
        const { events, more } = await log.read(run, after, limit);
        return [...events.map((event) => event.seq), more];
      };
      assert.deepEqual(await seqs(0), [1, 2, 3, 4, true], 'at most 4 MiB');
      assert.deepEqual(await seqs(4), [5, 6, false]);
      assert.deepEqual(await seqs(1, 2), [2, 3, true]);
      assert.deepEqual(await seqs(4, 2), [5, 6, false], 'a full page may be the last');
      assert.deepEqual(await seqs(6), [false]);
      assert.deepEqual(await seqs(99), [false]);
    });

    test('only the latest snapshot is kept', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      await log.append(new Chain(run).next(3));
      const state = (seq: number) =>
        ({ tenant, run, seq, open: {}, input: { inline: 'ü' } }) as unknown as RunState;
      await log.saveSnapshot(state(2));
      await log.saveSnapshot(state(3));
      await log.saveSnapshot(state(1));
      assert.deepEqual(await log.snapshot(run), state(3));
    });

    test('an idempotency key is taken for 24 hours, whatever the body', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      await log.append({ ...new Chain(run).next(), idempotency: record() });
      assert.deepEqual(await log.idempotency(record().key), record());
      for (const body of [digestOf('d'), digestOf('e')]) {
        const again = {
          ...new Chain(runId(2)).next(),
          idempotency: record({ body, at: minute(24 * 60 - 1) }),
        };
        await assert.rejects(log.append(again), {
          code: 'idempotency.conflict',
          details: { resource: run, body: digestOf('d') },
        });
      }
      assert.equal(await log.head(runId(2)), undefined);
    });

    test('an idempotency key is free again after 24 hours', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      await log.append({ ...new Chain(run).next(), idempotency: record() });
      const later = record({ resource: runId(2), at: minute(24 * 60) });
      await log.append({ ...new Chain(runId(2)).next(), idempotency: later });
      assert.deepEqual(await log.idempotency(later.key), later);
      const others = Array.from({ length: 5 }, (_, index) =>
        record({ key: `key ${index}`, at: minute(48 * 60) }),
      );
      for (const [index, idempotency] of others.entries()) {
        await log.append({ ...new Chain(runId(10 + index)).next(), idempotency });
      }
      for (const other of others) assert.deepEqual(await log.idempotency(other.key), other);
    });

    test('of requests in flight at once under one idempotency key, one wins', async (context) => {
      const log = (await make(context)).log.forTenant(tenant);
      const settled = await Promise.allSettled(
        [1, 2, 3].map((number) => {
          const idempotency = record({ resource: runId(number) });
          return log.append({ ...new Chain(runId(number)).next(), idempotency });
        }),
      );
      assert.equal(settled.filter((one) => one.status === 'fulfilled').length, 1);
    });

    test('all runs of all tenants are listed, oldest first', async (context) => {
      const { log } = await make(context);
      for (const [number, of] of [
        [3, tenant],
        [1, 'other'],
        [2, tenant],
      ] as const) {
        await log.forTenant(of).append(new Chain(runId(number), of).next());
      }
      assert.deepEqual(await all(log.allRuns()), [
        { tenant: 'other', run: runId(1) },
        { tenant, run: runId(2) },
        { tenant, run: runId(3) },
      ]);
    });

    test('what was appended is there after a restart', async (context) => {
      const { log, reopen } = await make(context);
      const append = { ...new Chain(run).next(2), idempotency: record() };
      await log.forTenant(tenant).append(append);
      const reopened = (await reopen()).log.forTenant(tenant);
      assert.deepEqual((await reopened.read(run, 0)).events, append.events);
      assert.deepEqual(await reopened.head(run), append.head);
      assert.deepEqual(await reopened.idempotency(record().key), record());
    });
  });
}
