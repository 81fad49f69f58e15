import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseWitness } from './witness.ts';

test('a line names when, which operation of which run, and what', () => {
  const [line] = parseWitness('1795232592344 run_01m7y36wag-12 part0.2 start\n');
  const named = { run: 'run_01m7y36wag', operation: 12, label: 'part0.2' };
  assert.deepEqual(line, { at: 1_795_232_592_344, ...named, what: 'start' });
});

test('a torn line proves nothing', () => {
  assert.throws(() => parseWitness('1795232592344 run_01m7y36wag-12 pa'), /The witness says/);
});
