import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planExecutions } from './plan.ts';

const plan = (seed: number) => planExecutions({ executions: 30, lives: 4, seed, activity: 'arn' }).flat();

test('a seed decides everything', () => {
  const told = (seed: number) => JSON.stringify(plan(seed));
  assert.equal(told(7), told(7));
  assert.notEqual(told(7), told(8));
});

test('every execution has a name of its own, and every kind of state comes up', () => {
  const planned = plan(1);
  assert.equal(new Set(planned.map(({ name }) => name)).size, 30);
  const definitions = planned.map(({ definition }) => definition).join();
  for (const part of ['Choice', 'Map', 'Parallel', 'Wait', 'Assign', 'Retry', 'waitForTaskToken', '"arn"'])
    assert.ok(definitions.includes(part), part);
});
