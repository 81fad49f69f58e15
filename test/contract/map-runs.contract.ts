import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { ExecutionStatus } from '../../local/stepfunctions/executions/execution.ts';
import type { Journal } from '../../local/stepfunctions/journal/journal.ts';
import type { ExpressChildRow, MapRunRow } from '../../local/stepfunctions/journal/map-runs.ts';
import type { OpenedJournal } from './journal.contract.ts';

const run = (id: number, rest: Partial<MapRunRow> = {}): MapRunRow => ({
  id,
  uuid: `uuid-${id}`,
  label: 'label',
  execution: 1,
  scheduled: 4,
  name: 'e1',
  machine: 'm',
  startedAt: 10,
  endedAt: null,
  status: 'RUNNING',
  plan: { startAt: 'S', express: false, destination: undefined, transformation: 'COMPACT', lines: false },
  limits: { maxConcurrency: 1, toleratedFailureCount: undefined, toleratedFailurePercentage: 5.5 },
  children: null,
  items: null,
  outcome: null,
  ...rest,
});

/** As it comes out of JSON, which knows no `undefined`. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

interface Begun {
  readonly id: number;
  readonly index: number;
  readonly items?: number;
  readonly ending?: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly mapRun?: number | null;
}

function begin(journal: Journal, { id, index, items = 1, ending, mapRun = 1 }: Begun): void {
  const child = mapRun === null ? {} : { mapRun, mapIndex: index, mapItems: items };
  const named = { machine: mapRun === null ? 'm' : 'm/label', name: `e${id}`, version: null, alias: null };
  journal.write({
    started: { id, revision: 1, ...named, startedAt: id, input: '{}', ...child },
    transition: { execution: id, number: 0, at: id, lastEvent: 2, position: '', packed: '' },
    ending,
  });
}

const express = (index: number, status: ExpressChildRow['status']): ExpressChildRow => ({
  run: 1,
  index,
  items: 2,
  status,
  startedAt: 1,
  endedAt: 2,
  input: `${index}`,
  result: '{"output":"1"}',
});

/** What every journal does with map runs; `make` opens an empty one. */
export function describeMapRuns(name: string, make: (context: TestContext) => OpenedJournal): void {
  const open = async (context: TestContext, write: (journal: Journal) => void): Promise<Journal> => {
    const { journal, reopen } = make(context);
    write(journal);
    await journal.settled();
    return reopen();
  };

  describe(`map runs: ${name}`, () => {
    test('a run is found by its number, its name and its execution, with what has changed', async (context) => {
      const { mapRuns } = await open(context, ({ mapRuns: runs }) => {
        runs.add(run(1));
        runs.add(run(2, { execution: 2 }));
        runs.change(1, { children: 3, items: 4, limits: run(1).limits });
        runs.change(2, {
          endedAt: 11,
          status: 'FAILED',
          outcome: { kind: 'failed', error: 'e', cause: 'c' },
        });
      });
      assert.deepEqual(plain(mapRuns.get(1)), plain(run(1, { children: 3, items: 4 })));
      assert.deepEqual(mapRuns.find('uuid-2')?.outcome, { kind: 'failed', error: 'e', cause: 'c' });
      assert.deepEqual([mapRuns.get(3), mapRuns.find('none'), mapRuns.last()], [undefined, undefined, 2]);
      assert.deepEqual(
        [mapRuns.running(), mapRuns.of(2)].map((runs) => runs.map(({ id }) => id)),
        [[1], [2]],
      );
    });

    test('the block with the input of a child is found, until inputs are dropped', async (context) => {
      const journal = await open(context, ({ mapRuns: runs }) => {
        runs.addInputs(1, {
          first: 0,
          inputs: [
            { text: '{"a": "b c"}', items: 2 },
            { text: '1', items: 1 },
          ],
        });
        runs.addInputs(1, { first: 2, inputs: [{ text: '"x"', items: 1 }] });
        runs.addInputs(2, { first: 0, inputs: [{ text: '2', items: 1 }] });
      });
      const { mapRuns } = journal;
      assert.deepEqual(mapRuns.inputs(1, 1), {
        first: 0,
        inputs: [
          { text: '{"a": "b c"}', items: 2 },
          { text: '1', items: 1 },
        ],
      });
      assert.equal(mapRuns.inputs(1, 2)?.first, 2);
      mapRuns.dropInputs(1);
      await journal.settled();
      assert.deepEqual([mapRuns.inputs(1, 0), mapRuns.inputs(2, 0)?.first], [undefined, 0]);
    });

    test('children are read in order, those that leave no history as well, and counted', async (context) => {
      const { mapRuns } = await open(context, (journal) => {
        begin(journal, { id: 1, index: 0, mapRun: null });
        begin(journal, { id: 2, index: 1, ending: 'FAILED', items: 3 });
        begin(journal, { id: 3, index: 0 });
        begin(journal, { id: 4, index: 0, mapRun: 2 });
        journal.mapRuns.addChild(express(2, 'FAILED'));
        journal.mapRuns.addChild(express(2, 'SUCCEEDED'));
      });
      const told = mapRuns
        .children(1, 0, 10)
        .map(({ index, status, execution }) => [index, status, execution]);
      assert.deepEqual(told, [
        [0, 'RUNNING', 3],
        [1, 'FAILED', 2],
        [2, 'SUCCEEDED', null],
      ]);
      assert.deepEqual(
        mapRuns.children(1, 1, 1).map(({ index }) => index),
        [1],
      );
      assert.equal(mapRuns.expressChild(1, 2)?.input, '2');
      const counts = Object.fromEntries(
        mapRuns.counts(1).map(({ status, children, items }) => [status, [children, items]]),
      );
      assert.deepEqual(counts, { RUNNING: [1, 1], FAILED: [1, 3], SUCCEEDED: [1, 2] });
    });

    test('children are kept while their results are awaited, and a run goes with its execution', async (context) => {
      const journal = await open(context, (opened) => {
        begin(opened, { id: 1, index: 0, mapRun: null, ending: 'SUCCEEDED' });
        begin(opened, { id: 2, index: 0, ending: 'SUCCEEDED' });
        opened.mapRuns.add(run(1));
        opened.mapRuns.add(run(2, { execution: 7, endedAt: 5, status: 'SUCCEEDED' }));
        begin(opened, { id: 3, index: 0, mapRun: 2, ending: 'SUCCEEDED' });
      });
      assert.equal(
        journal.list({ machine: 'm/label', mapRun: 2, status: undefined, before: undefined, limit: 9 })
          .length,
        1,
      );
      assert.equal(journal.prune(100, 10), 2, 'all but the child that is awaited');
      await journal.settled();
      assert.deepEqual(
        [journal.find('m/label', 'e2')?.mapRun, journal.find('m/label', 'e3')],
        [1, undefined],
      );
      assert.deepEqual([journal.mapRuns.get(1), journal.mapRuns.get(2)?.id], [undefined, 2]);
      assert.equal(journal.discard('m', 10), 1, 'children go with the state machine');
    });
  });
}
