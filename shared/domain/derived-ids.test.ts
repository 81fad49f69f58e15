import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approvalId, childRunId, executionName } from './derived-ids.ts';

const run = 'run_01kdvzr0000000000000000000';

test('an id is derived from run and operation alone, and no two are the same', () => {
  assert.equal(childRunId(run, 3), childRunId(run, 3));
  const runs = [run, run.replace('01k', '01m')];
  const ids = runs.flatMap((of) => [1, 2, 12].flatMap((n) => [childRunId(of, n), approvalId(of, n)]));
  assert.equal(new Set(ids).size, ids.length);
});

test('derived ids sort near their run and look like any other', () => {
  assert.match(childRunId(run, 1), /^run_01kdvzr000[0-9a-f]{16}$/);
  assert.match(approvalId(run, 1), /^apr_01kdvzr000[0-9a-f]{16}$/);
  assert.match(childRunId(childRunId(run, 1), 1), /^run_01kdvzr000[0-9a-f]{16}$/);
});

test('an execution is named after run and generation', () => {
  assert.equal(executionName(run, 2), `${run}-2`);
});
