import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findState } from './find-state.ts';

const pass = (next: string) => ({ Type: 'Pass', Next: next });

test('a state is found wherever it stands in the machine', () => {
  const machine = {
    States: {
      A: pass('B'),
      B: {
        Type: 'Map',
        ItemProcessor: { States: { C: { Type: 'Parallel', Branches: [{ States: { D: pass('E') } }] } } },
      },
      F: { Type: 'Map', Iterator: { States: { G: pass('H') } } },
    },
  };
  for (const [name, next] of [
    ['A', 'B'],
    ['D', 'E'],
    ['G', 'H'],
  ] as const) {
    assert.equal(findState(machine, name)?.['Next'], next);
  }
  assert.equal(findState(machine, 'C')?.['Type'], 'Parallel');
  for (const name of ['X', 'States', 'toString', '__proto__'])
    assert.equal(findState(machine, name), undefined);
});

test('what is no machine holds no state', () => {
  for (const broken of [{}, { States: [] }, { States: { A: { Branches: 1, ItemProcessor: null } } }]) {
    assert.equal(findState(broken, 'B'), undefined);
  }
});
