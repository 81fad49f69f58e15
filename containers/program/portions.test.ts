import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgramAnswer } from '../../shared/ports/program-host.ts';
import { portionsOf } from './portions.ts';

const answers = (count: number, value = ''): ProgramAnswer[] =>
  Array.from({ length: count }, (_, at) => ({
    operation: at + 1,
    hash: '',
    at: '',
    outcome: { ok: true, value },
  }));

const lengths = (given: readonly ProgramAnswer[]) => portionsOf(given).map(({ length }) => length);

test('no answers are one portion', () => {
  assert.deepEqual(lengths([]), [0]);
});

test('many answers are several portions, in their order', () => {
  const given = answers(1_001);
  assert.deepEqual(lengths(given), [500, 500, 1]);
  assert.deepEqual(portionsOf(given).flat(), given);
});

test('long answers share a portion only as far as they fit', () => {
  assert.deepEqual(lengths(answers(5, 'x'.repeat(1_500_000))), [2, 2, 1]);
  assert.deepEqual(lengths(answers(2, 'x'.repeat(5_000_000))), [1, 1]);
});
