import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scannedRows } from '../../shared/domain/paging.ts';
import type { ProjectionChange } from '../../shared/domain/projections.ts';
import { UlidSequence } from '../../shared/domain/ulid.ts';
import type { Page, PageRequest } from '../../shared/ports/projections.ts';
import { approvalRow, artifactRow, Chain, minute, runId, runRow, tenant } from './fixtures.ts';
import type { MakeStores, Stores } from './stores.ts';

const run = runId(1);

/** Commits changes as they come in life: with an event of some run. */
async function commit(
  { log }: Pick<Stores, 'log'>,
  changes: readonly ProjectionChange[],
  carrier = new Chain(runId(9_999_999)),
): Promise<void> {
  for (let start = 0; start < changes.length; start += 500) {
    const projections = changes.slice(start, start + 500);
    await log.forTenant(tenant).append({ ...carrier.next(), projections });
  }
}

/** Walks a list to its end, which only a missing cursor tells. */
async function walk<T>(list: (request: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[][]> {
  const pages: T[][] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await list({ limit, ...(cursor === undefined ? {} : { cursor }) });
    pages.push([...page.items]);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** What the projections of every store do; `make` opens empty ones and the log that writes them. */
export function describeProjections(name: string, make: MakeStores<'log' | 'projections' | 'reopen'>): void {
  describe(`projections: ${name}`, () => {
    test('what has not ended is listed by tenant, in the order of ids, a page at a time', async (context) => {
      const stores = await make(context);
      const due = (id: string, checkAt: string | null, of = tenant): ProjectionChange => ({
        kind: 'due',
        row: { tenant: of, run: id, checkAt },
      });
      const ids = [3, 1, 2, 4].map(runId);
      await commit(stores, [...ids.map((id) => due(id, minute(9))), due(runId(5), minute(1), 'other')]);
      await commit(stores, [due(runId(2), null)], new Chain(runId(9_999_998)));
      const ours = stores.projections.forTenant(tenant);
      assert.deepEqual(await ours.unended('', 2), [runId(1), runId(3)]);
      assert.deepEqual(await ours.unended(runId(3), 2), [runId(4)]);
      assert.deepEqual(await ours.unended(runId(4), 2), []);
    });

    test('a row is what was put last', async (context) => {
      const stores = await make(context);
      const ours = stores.projections.forTenant(tenant);
      assert.equal(await ours.run(run), undefined);
      assert.equal(await ours.approval('apr_1'), undefined);
      const error = { code: 'program.failed', message: 'No.' };
      const ended = runRow(run, { status: 'failed', endedAt: minute(2), error });
      const decided = approvalRow('apr_1', {
        status: 'approved',
        decidedBy: 'user:ann',
        details: { a: [1] },
      });
      const carrier = new Chain(runId(99));
      await commit(
        stores,
        [
          { kind: 'run', row: runRow(run) },
          { kind: 'approval', row: approvalRow('apr_1') },
        ],
        carrier,
      );
      await commit(
        stores,
        [
          { kind: 'run', row: ended },
          { kind: 'approval', row: decided },
        ],
        carrier,
      );
      assert.deepEqual(await ours.run(run), ended);
      assert.deepEqual(await ours.approval('apr_1'), decided);
      assert.deepEqual((await ours.runs({ status: 'queued' })).items, []);
      assert.deepEqual((await ours.approvals({ status: 'approved' })).items, [decided]);
    });

    test('what is not over is counted, of all tenants', async (context) => {
      const stores = await make(context);
      const none = { queued: 0, running: 0, waiting: 0, paused: 0 };
      assert.deepEqual(await stores.projections.tally(), { runs: none, approvals: 0 });
      const open = ['queued', 'running', 'waiting', 'waiting', 'paused'] as const;
      const checkAt = minute(9);
      await commit(stores, [
        ...open.map((status, index) => ({ kind: 'run', row: runRow(runId(index), { status }) }) as const),
        ...open.map((_, index) => ({ kind: 'due', row: { tenant, run: runId(index), checkAt } }) as const),
        { kind: 'run', row: runRow(runId(7), { status: 'succeeded' }) },
        { kind: 'run', row: runRow(runId(8), { status: 'failed' }) },
        { kind: 'due', row: { tenant, run: runId(8), checkAt } },
        { kind: 'approval', row: approvalRow('apr_1', { run: runId(2), status: 'pending' }) },
        { kind: 'approval', row: approvalRow('apr_2', { run: runId(3), status: 'pending' }) },
        { kind: 'approval', row: approvalRow('apr_3', { run: runId(3), status: 'approved' }) },
      ]);
      const runs = { queued: 1, running: 1, waiting: 2, paused: 1 };
      assert.deepEqual(await stores.projections.tally(), { runs, approvals: 2 });
    });

    test('tenants do not see each other', async (context) => {
      const stores = await make(context);
      await commit(stores, [
        { kind: 'run', row: runRow(run) },
        { kind: 'approval', row: approvalRow('apr_1') },
        { kind: 'artifact', row: artifactRow('a.txt') },
      ]);
      const theirs = stores.projections.forTenant('other');
      assert.equal(await theirs.run(run), undefined);
      assert.deepEqual((await theirs.runs({})).items, []);
      assert.equal(await theirs.approval('apr_1'), undefined);
      assert.deepEqual((await theirs.approvals({})).items, []);
      assert.deepEqual(await theirs.artifacts(run), []);
    });

    test('runs are listed newest first, page by page', async (context) => {
      const stores = await make(context);
      const rows = [3, 1, 5, 2, 4].map((number) => runRow(runId(number)));
      await commit(
        stores,
        rows.map((row) => ({ kind: 'run', row })),
      );
      const ours = stores.projections.forTenant(tenant);
      const pages = await walk((request) => ours.runs(request), 2);
      assert.deepEqual(
        pages.map((page) => page.map((row) => row.run)),
        [[runId(5), runId(4)], [runId(3), runId(2)], [runId(1)]],
      );
      const exact = await ours.runs({ limit: 5 });
      assert.equal(exact.cursor, undefined, 'nothing follows a full last page');
    });

    test('lists are cut to a stretch of time, along any index and page by page', async (context) => {
      const stores = await make(context);
      const start = Date.UTC(2026, 10, 28);
      const iso = (hour: number) => new Date(start + hour * 3_600_000).toISOString();
      const sequence = (hour: number) =>
        `run_${new UlidSequence({ now: () => start + hour * 3_600_000, bits: () => 7 }).next()}`;
      const rows = [0, 1, 2, 3, 4].map((hour) =>
        runRow(sequence(hour), { agent: hour % 2 ? 'writer' : 'reader', status: 'succeeded' }),
      );
      const approvals = [0, 1, 2, 3, 4].map((hour) =>
        approvalRow(`apr_${hour}`, { requestedAt: iso(hour), status: 'pending' }),
      );
      await commit(stores, [
        ...rows.map((row) => ({ kind: 'run', row }) as const),
        ...approvals.map((row) => ({ kind: 'approval', row }) as const),
      ]);
      const ours = stores.projections.forTenant(tenant);
      const hours = async (filter: Parameters<typeof ours.runs>[0]) => {
        const pages = await walk((request) => ours.runs({ ...filter, ...request }), 1);
        return pages.flat().map(({ run: id }) => rows.findIndex((row) => row.run === id));
      };
      assert.deepEqual(await hours({}), [4, 3, 2, 1, 0]);
      assert.deepEqual(await hours({ from: iso(1) }), [4, 3, 2, 1], 'its first moment is part of it');
      assert.deepEqual(await hours({ to: iso(3) }), [2, 1, 0], 'its last is not');
      assert.deepEqual(await hours({ from: iso(1), to: iso(4), agent: 'writer' }), [3, 1]);
      assert.deepEqual(await hours({ from: iso(1), to: iso(4), status: 'succeeded' }), [3, 2, 1]);
      assert.deepEqual(await hours({ from: iso(3), to: iso(1) }), []);
      const asked = async (filter: Parameters<typeof ours.approvals>[0]) => {
        const pages = await walk((request) => ours.approvals({ ...filter, ...request }), 1);
        return pages.flat().map(({ approval }) => approval);
      };
      assert.deepEqual(await asked({ from: iso(1), to: iso(3) }), ['apr_2', 'apr_1']);
      assert.deepEqual(await asked({ from: iso(3), status: 'pending' }), ['apr_4', 'apr_3']);
      const { cursor } = await ours.runs({ limit: 2 });
      const rest = await ours.runs({ to: iso(1), cursor: cursor as string });
      assert.deepEqual(
        rest.items.map(({ run: id }) => id),
        [rows[0]?.run],
        'the earlier bound holds',
      );
    });

    test('a run that begins while a list is walked moves nothing', async (context) => {
      const stores = await make(context);
      const carrier = new Chain(runId(99));
      const put = (number: number) => commit(stores, [{ kind: 'run', row: runRow(runId(number)) }], carrier);
      for (const number of [1, 2, 3]) await put(number);
      const ours = stores.projections.forTenant(tenant);
      const { cursor } = await ours.runs({ limit: 2 });
      await put(4);
      const rest = await ours.runs({ limit: 2, cursor: cursor as string });
      assert.deepEqual(
        rest.items.map((row) => row.run),
        [runId(1)],
      );
    });

    test('pages hold 50 rows unless asked, and 200 at most', async (context) => {
      const stores = await make(context);
      await commit(
        stores,
        Array.from({ length: 210 }, (_, index) => ({ kind: 'run', row: runRow(runId(index)) })),
      );
      const ours = stores.projections.forTenant(tenant);
      assert.equal((await ours.runs({})).items.length, 50);
      assert.equal((await ours.runs({ limit: 1_000 })).items.length, 200);
      assert.equal((await ours.runs({ limit: 0 })).items.length, 1);
    });

    test('runs are found by agent, status, session and parent, alone and together', async (context) => {
      const stores = await make(context);
      const rows = [
        runRow(runId(1), { agent: 'writer', status: 'waiting', session: 's' }),
        runRow(runId(2), { agent: 'reader', status: 'waiting', parent: runId(1) }),
        runRow(runId(3), { agent: 'writer', status: 'succeeded', session: 's', parent: runId(1) }),
        runRow(runId(4), { agent: 'writer', status: 'waiting' }),
        runRow(runId(5), { agent: 'writer', status: 'succeeded' }),
      ];
      await commit(
        stores,
        rows.map((row) => ({ kind: 'run', row })),
      );
      const ours = stores.projections.forTenant(tenant);
      const found = async (filter: Parameters<typeof ours.runs>[0]) =>
        (await ours.runs(filter)).items.map((row) => Number(row.run.slice(4)));
      assert.deepEqual(await found({ agent: 'writer' }), [5, 4, 3, 1]);
      assert.deepEqual(await found({ status: 'waiting' }), [4, 2, 1]);
      assert.deepEqual(await found({ status: 'succeeded' }), [5, 3]);
      assert.deepEqual(await found({ session: 's' }), [3, 1]);
      assert.deepEqual(await found({ parent: runId(1) }), [3, 2]);
      assert.deepEqual(await found({ agent: 'writer', status: 'waiting' }), [4, 1]);
      assert.deepEqual(await found({ agent: 'writer', status: 'succeeded' }), [5, 3]);
      assert.deepEqual(await found({ agent: 'reader', session: 's' }), []);
      assert.deepEqual(await found({ session: 's', parent: runId(1), status: 'succeeded' }), [3]);
      assert.deepEqual(await found({ agent: 'nobody' }), []);
    });

    test('a page that hardly finds anything ends short and goes on', async (context) => {
      const stores = await make(context);
      const count = scannedRows + 10;
      await commit(
        stores,
        Array.from({ length: count }, (_, index) => ({
          kind: 'run',
          row: runRow(runId(index), { status: index === 0 ? 'failed' : 'succeeded' }),
        })),
      );
      const ours = stores.projections.forTenant(tenant);
      const pages = await walk((request) => ours.runs({ ...request, agent: 'writer', status: 'failed' }), 10);
      assert.deepEqual(
        pages.map((page) => page.map((row) => row.run)),
        [[], [runId(0)]],
      );
    });

    test('approvals are listed newest first, by run and status', async (context) => {
      const stores = await make(context);
      const rows = [
        approvalRow('apr_1', { requestedAt: minute(3) }),
        approvalRow('apr_2', { requestedAt: minute(1), status: 'approved' }),
        approvalRow('apr_3', { requestedAt: minute(2), run: runId(2) }),
        approvalRow('apr_4', { requestedAt: minute(2), run: runId(2), status: 'denied' }),
      ];
      await commit(
        stores,
        rows.map((row) => ({ kind: 'approval', row })),
      );
      const ours = stores.projections.forTenant(tenant);
      const found = async (filter: Parameters<typeof ours.approvals>[0]) =>
        (await walk((request) => ours.approvals({ ...filter, ...request }), 1))
          .flat()
          .map((row) => row.approval);
      assert.deepEqual(await found({}), ['apr_1', 'apr_4', 'apr_3', 'apr_2']);
      assert.deepEqual(await found({ status: 'pending' }), ['apr_1', 'apr_3']);
      assert.deepEqual(await found({ run: runId(2) }), ['apr_4', 'apr_3']);
      assert.deepEqual(await found({ run: runId(2), status: 'denied' }), ['apr_4']);
      assert.deepEqual(await found({ run: runId(1), status: 'denied' }), []);
    });

    test('a cursor of another list, or of nobody, is refused', async (context) => {
      const stores = await make(context);
      await commit(
        stores,
        [1, 2].map((number) => ({ kind: 'run', row: runRow(runId(number)) })),
      );
      const ours = stores.projections.forTenant(tenant);
      const { cursor = '' } = await ours.runs({ limit: 1 });
      await assert.rejects(ours.approvals({ cursor }), { code: 'request.invalid' });
      await assert.rejects(ours.runs({ cursor: 'nonsense' }), { code: 'request.invalid' });
      await assert.rejects(ours.runs({ cursor: '' }), { code: 'request.invalid' });
    });

    test('artefacts come in the order they were declared; a later one replaces its namesake', async (context) => {
      const stores = await make(context);
      const rows = [
        artifactRow('b.txt', { operation: 1 }),
        artifactRow('a.txt', { operation: 2 }),
        artifactRow('b.txt', { operation: 3, size: 99 }),
        artifactRow('b.txt', { run: runId(2) }),
      ];
      await commit(
        stores,
        rows.map((row) => ({ kind: 'artifact', row })),
      );
      assert.deepEqual(await stores.projections.forTenant(tenant).artifacts(run), [rows[1], rows[2]]);
    });

    test('what is due comes earliest first, of all tenants, until it is moved or over', async (context) => {
      const stores = await make(context);
      const { projections } = stores;
      const due = (number: number, checkAt: string | null, of = tenant) => ({
        kind: 'due' as const,
        row: { tenant: of, run: runId(number), checkAt },
      });
      await commit(stores, [
        due(1, minute(3)),
        due(2, minute(1)),
        due(3, minute(2), 'other'),
        due(4, minute(9)),
      ]);
      const found = async (before: string, limit = 10) =>
        (await projections.due(before, limit)).map((row) => [
          row.tenant,
          Number(row.run.slice(4)),
          row.checkAt,
        ]);
      assert.deepEqual(await found(minute(3)), [
        [tenant, 2, minute(1)],
        ['other', 3, minute(2)],
        [tenant, 1, minute(3)],
      ]);
      assert.deepEqual(await found(minute(3), 1), [[tenant, 2, minute(1)]]);
      assert.deepEqual(await found(minute(0)), []);
      await projections.reschedule(due(2, minute(5)).row);
      await projections.reschedule(due(3, null, 'other').row);
      await projections.reschedule(due(5, null).row);
      // Not due by then, or not there at all: nothing is moved.
      await projections.reschedule(due(4, minute(2)).row, minute(8));
      await projections.reschedule(due(6, minute(2)).row, minute(8));
      assert.deepEqual(await found(minute(5)), [
        [tenant, 1, minute(3)],
        [tenant, 2, minute(5)],
      ]);
      await projections.reschedule(due(1, minute(7)).row, minute(3));
      assert.deepEqual(await found(minute(9)), [
        [tenant, 2, minute(5)],
        [tenant, 1, minute(7)],
        [tenant, 4, minute(9)],
      ]);
    });

    test('a rebuild replaces everything', async (context) => {
      const stores = await make(context);
      const { projections } = stores;
      await commit(stores, [
        { kind: 'run', row: runRow(runId(1)) },
        { kind: 'approval', row: approvalRow('apr_old') },
        { kind: 'artifact', row: artifactRow('old.txt') },
        { kind: 'due', row: { tenant, run, checkAt: minute(1) } },
      ]);
      const rows = Array.from({ length: 2_500 }, (_, index) => runRow(runId(index + 10)));
      const changes: ProjectionChange[] = rows.map((row) => ({ kind: 'run', row }));
      changes.push({ kind: 'run', row: runRow(runId(10), { status: 'failed' }) });
      changes.push({ kind: 'artifact', row: artifactRow('new.txt') });
      await projections.replaceAll(each(changes));
      const ours = projections.forTenant(tenant);
      assert.equal(await ours.run(runId(1)), undefined);
      assert.equal((await ours.run(runId(10)))?.status, 'failed', 'the last change counts');
      assert.equal((await walk((request) => ours.runs(request), 200)).flat().length, rows.length);
      assert.equal(await ours.approval('apr_old'), undefined);
      assert.deepEqual(await projections.due(minute(100), 10), []);
      assert.deepEqual(
        (await ours.artifacts(run)).map((row) => row.name),
        ['new.txt'],
      );
    });

    test('a rebuild that fails leaves the old rows, and the next one starts afresh', async (context) => {
      const stores = await make(context);
      const { projections } = stores;
      await commit(stores, [{ kind: 'run', row: runRow(runId(1)) }]);
      const broken = async function* (): AsyncGenerator<ProjectionChange> {
        for (let number = 2; number < 1_500; number += 1) yield { kind: 'run', row: runRow(runId(number)) };
        throw new Error('unreadable');
      };
      await assert.rejects(projections.replaceAll(broken()), /unreadable/);
      const ours = projections.forTenant(tenant);
      assert.equal((await ours.runs({})).items.length, 1);
      await projections.replaceAll(each([{ kind: 'run', row: runRow(runId(3)) }]));
      assert.deepEqual((await ours.runs({})).items, [runRow(runId(3))]);
    });

    test('rows are there after a restart', async (context) => {
      const stores = await make(context);
      await commit(stores, [
        { kind: 'run', row: runRow(run) },
        { kind: 'due', row: { tenant, run, checkAt: minute(1) } },
      ]);
      const { projections } = await stores.reopen();
      assert.deepEqual(await projections.forTenant(tenant).run(run), runRow(run));
      assert.equal((await projections.due(minute(1), 10)).length, 1);
    });
  });
}
