import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adaptersTable, metContract, reportedAdapters } from './adapters-report.ts';

test('what ran is told by the names of its suites, and what it ran against by a line it printed', () => {
  const output = [
    'something else',
    'contract adapter: {"adapter":"Oak","against":"oakd 3.1"}',
    'contract adapter: {"adapter":"Elm","absent":"there is no elmd"}',
  ].join('\n');
  const met = ['queue: Oak', 'blobs: Oak', 'queue: memory', 'a test of something else'];
  const table = adaptersTable(
    reportedAdapters(output),
    met.flatMap((suite) => metContract(suite, 4) ?? []),
  );
  assert.deepEqual(table.split('\n').slice(1), [
    'Elm     NOT RUN: there is no elmd',
    'Oak     oakd 3.1',
    '        queue 4, blobs 4',
    'memory  itself',
    '        queue 4',
  ]);
});
