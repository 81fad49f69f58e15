import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Ending } from '../../local/stepfunctions/executions/execution.ts';
import type { Entry, ExecutionFilter, Journal } from '../../local/stepfunctions/journal/journal.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  /** The same journal as another process finds it. */
  reopen(): Promise<Journal>;
}

interface Described {
  readonly id: number;
  readonly machine?: string;
  readonly name?: string;
  readonly at?: number;
  readonly ending?: Ending;
  readonly version?: number;
  readonly alias?: string;
}

/** The first transition of an execution, which is also its last if it has an ending. */
function entry(of: Described): Entry {
  const { id, machine = 'm', name = `e${id}`, at = id, ending, version = null, alias = null } = of;
  const started = { id, machine, revision: 1, name, version, alias, startedAt: at, input: `{"n":${id}}` };
  const position = ending === undefined ? '{"at":"A"}' : '';
  return {
    started,
    transition: { execution: id, number: 0, at, lastEvent: 2, position, packed: `events of ${id}` },
    ending,
  };
}

const all: ExecutionFilter = { machine: 'm', status: undefined, before: undefined, limit: 100 };
const revision = { roleArn: 'role', settings: {}, revisionId: undefined, at: 1 };

/** What every journal does; `make` opens an empty one. */
export function describeJournal(name: string, make: (context: TestContext) => OpenedJournal): void {
  const open = async (context: TestContext, entries: readonly Described[] = []): Promise<OpenedJournal> => {
    const opened = make(context);
    for (const each of entries) opened.journal.write(entry(each));
    await opened.journal.settled();
    return opened;
  };
  const ids = (journal: Journal, filter: Partial<ExecutionFilter> = {}): readonly number[] =>
    journal.list({ ...all, ...filter }).map(({ id }) => id);

  describe(`journal: ${name}`, () => {
    test('keeps revisions with all they hold, oldest first', async (context) => {
      const { journal, reopen } = await open(context);
      const settings = { logging: { level: 'OFF' }, tracing: { enabled: true } };
      const first = { id: 1, machine: 'm', definition: '{}', ...revision };
      const second = { ...first, id: 2, settings, revisionId: 'uuid', at: 2 };
      journal.addRevision(first);
      journal.addRevision(second);
      journal.addRevision({ ...first, id: 3, machine: 'n' });
      await journal.settled();
      const found = await reopen();
      assert.deepEqual(found.revisions().slice(0, 2), [first, second]);
      found.dropRevisions('m');
      await found.settled();
      assert.deepEqual(
        found.revisions().map(({ id }) => id),
        [3],
      );
    });

    test('the catalogue keeps the last row of a key, by kind, and forgets what is dropped', async (context) => {
      const { journal, reopen } = await open(context);
      const activity = (each: string, createdAt = 1) => ({ name: each, createdAt });
      journal.catalogue.keep('activity', 'b', activity('b'));
      journal.catalogue.keep('activity', 'a', activity('a'));
      journal.catalogue.keep('activity', 'b', activity('b', 2));
      journal.catalogue.keep('tags', 'a', { resource: 'a', tags: [{ key: 'k', value: '' }] });
      await journal.settled();
      const found = await reopen();
      assert.deepEqual(found.catalogue.all('activity'), [activity('a'), activity('b', 2)]);
      found.catalogue.drop('activity', 'a');
      found.catalogue.drop('activity', 'never');
      await found.settled();
      assert.deepEqual(found.catalogue.all('activity'), [activity('b', 2)]);
      assert.equal(found.catalogue.all('tags').length, 1);
      assert.deepEqual(found.catalogue.all('version'), []);
    });

    test('an execution is found by its name, with what it was started by', async (context) => {
      const { reopen } = await open(context, [
        { id: 1 },
        { id: 2, version: 3, alias: 'live', ending: 'FAILED' },
      ]);
      const child = { mapRun: null, mapIndex: null, mapItems: null };
      const row = { id: 2, machine: 'm', revision: 1, name: 'e2', version: 3, alias: 'live', ...child };
      const journal = await reopen();
      assert.deepEqual(
        { ...journal.find('m', 'e2') },
        { ...row, startedAt: 2, status: 'FAILED', endedAt: 2, redrive: null },
      );
      assert.equal(journal.find('other', 'e2'), undefined);
      assert.deepEqual(
        [journal.has('m', 'e1'), journal.has('m', 'e3'), journal.has('n', 'e1')],
        [true, false, false],
      );
      assert.deepEqual([journal.lastExecution(), journal.input(2)], [2, '{"n":2}']);
    });

    test('what runs is found again with its last transition', async (context) => {
      const { journal, reopen } = await open(context, [{ id: 1, ending: 'SUCCEEDED' }, { id: 2 }]);
      const next = { execution: 2, number: 1, at: 9, lastEvent: 5, position: '{"at":"B"}', packed: 'more' };
      journal.write({ started: undefined, transition: next, ending: undefined });
      await journal.settled();
      const found = await reopen();
      assert.deepEqual(
        found.running().map(({ id }) => id),
        [2],
      );
      assert.equal(found.last(2)?.position, '{"at":"B"}');
      const heads = [0, 1, 2].map((number) => found.head(2, number));
      assert.deepEqual(
        heads.map((head) => [head?.execution, head?.number, head?.lastEvent]),
        [[2, 0, 2], [2, 1, 5], Array(3).fill(undefined)],
      );
      assert.deepEqual(
        [found.packed(2, 0), found.packed(2, 1), found.packed(2, 2)],
        ['events of 2', 'more', ''],
      );
    });

    test('what has failed is begun again, and ends again', async (context) => {
      const { journal, reopen } = await open(context, [
        { id: 1, ending: 'FAILED' },
        { id: 2, ending: 'FAILED' },
      ]);
      const row = { execution: 1, number: 1, at: 7, lastEvent: 3, position: '{"at":"A"}', packed: 'again' };
      const redriven = { count: 1, at: 7, tokens: [{ token: 't', at: 7 }] };
      journal.write({ started: undefined, redriven, transition: row, ending: undefined });
      await journal.settled();
      const found = await reopen();
      const { redrive, status, endedAt } = found.find('m', 'e1') ?? {};
      assert.deepEqual({ redrive, status, endedAt }, { redrive: redriven, status: 'RUNNING', endedAt: null });
      assert.deepEqual(found.running()[0]?.redrive, redriven);
      assert.deepEqual(
        [ids(found, { redriven: true }), ids(found, { redriven: false }), ids(found)],
        [[1], [2], [2, 1]],
      );
      assert.equal(found.prune(5, 10), 1);
      const last = { ...row, number: 2, at: 9, lastEvent: 4, position: '' };
      found.write({ started: undefined, transition: last, ending: 'SUCCEEDED' });
      await found.settled();
      const ended = found.find('m', 'e1');
      assert.deepEqual([ended?.status, ended?.endedAt, ended?.redrive], ['SUCCEEDED', 9, redriven]);
      assert.deepEqual(found.running(), []);
      assert.deepEqual(ids(found), [1]);
    });

    test('executions are listed newest first, by machine, status, version and alias', async (context) => {
      const { journal } = await open(context, [
        { id: 1, ending: 'FAILED', version: 1 },
        { id: 2, version: 1, alias: 'live' },
        { id: 3, machine: 'n' },
        { id: 4, ending: 'SUCCEEDED', version: 2, alias: 'live' },
        { id: 5 },
      ]);
      assert.deepEqual(ids(journal), [5, 4, 2, 1]);
      assert.deepEqual(ids(journal, { machine: 'n' }), [3]);
      assert.deepEqual(ids(journal, { status: 'RUNNING' }), [5, 2]);
      assert.deepEqual(ids(journal, { status: 'FAILED' }), [1]);
      assert.deepEqual(ids(journal, { version: 1 }), [2, 1]);
      assert.deepEqual(ids(journal, { alias: 'live', status: 'RUNNING' }), [2]);
      assert.deepEqual(ids(journal, { before: 5, limit: 2 }), [4, 2]);
    });

    test('what ended long ago is pruned, oldest first, and its name is free again', async (context) => {
      const { journal } = await open(context, [
        { id: 1 },
        { id: 2, ending: 'SUCCEEDED' },
        { id: 3, ending: 'ABORTED' },
        { id: 4, ending: 'FAILED' },
      ]);
      const prune = async (endedBy: number, limit: number): Promise<number> => {
        const pruned = journal.prune(endedBy, limit);
        await journal.settled();
        return pruned;
      };
      assert.equal(await prune(3, 1), 1);
      assert.deepEqual(ids(journal), [4, 3, 1]);
      assert.equal(await prune(3, 10), 1);
      assert.equal(await prune(3, 10), 0);
      assert.deepEqual(ids(journal), [4, 1]);
      assert.equal(journal.has('m', 'e2'), false);
      assert.equal(journal.head(2, 0), undefined);
    });

    test('what has ended of a machine is discarded, and nothing else', async (context) => {
      const { journal } = await open(context, [
        { id: 1, ending: 'SUCCEEDED' },
        { id: 2, ending: 'FAILED' },
        { id: 3 },
        { id: 4, machine: 'n', ending: 'FAILED' },
      ]);
      assert.equal(journal.discard('m', 1), 1);
      await journal.settled();
      assert.equal(journal.discard('m', 10), 1);
      await journal.settled();
      assert.equal(journal.discard('m', 10), 0);
      assert.deepEqual([ids(journal), ids(journal, { machine: 'n' })], [[3], [4]]);
    });

    test('what is forgotten keeps its name and its end, and loses its data', async (context) => {
      const { journal } = await open(context, [
        { id: 1, name: 'run-1', ending: 'SUCCEEDED' },
        { id: 2, name: 'run-2' },
        { id: 3, name: 'ruin', ending: 'FAILED' },
      ]);
      journal.forget('m', 'run-');
      await journal.settled();
      assert.deepEqual([journal.input(1), journal.input(2), journal.input(3)], ['{}', '{"n":2}', '{"n":3}']);
      assert.equal(journal.head(1, 0), undefined);
      assert.equal(journal.find('m', 'run-1')?.status, 'SUCCEEDED');
    });
  });
}
