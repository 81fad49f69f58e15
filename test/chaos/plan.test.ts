import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dice } from './dice.ts';
import { planKills } from './kills.ts';
import { planRuns } from './plan-runs.ts';
import { shapes } from './shapes.ts';
import { workspacePlan } from './workspace-plan.ts';

/** What of a plan can be compared: everything but its functions. */
const planned = (seed: number) =>
  JSON.stringify([
    planRuns({ runs: 45, lives: 9, seed, witness: '/witness' }),
    planKills(8, new Dice(seed, 'kills')),
  ]);

test('a seed decides everything', () => {
  assert.equal(planned(7), planned(7));
  assert.notEqual(planned(7), planned(8));
});

test('every shape is there, and no run is forgotten between the lives', () => {
  const runs = planRuns({ runs: 45, lives: 7, seed: 1, witness: '/witness' }).flat();
  assert.equal(runs.length, 45);
  assert.equal(new Set(runs.map(({ key }) => key)).size, 45);
  assert.deepEqual(new Set(runs.map(({ shape }) => shape)), new Set(Object.keys(shapes)));
});

test('every phase comes up before one comes up again', () => {
  const phases = planKills(14, new Dice(3)).map(({ phase }) => phase);
  assert.equal(new Set(phases.slice(0, 7)).size, 7);
  assert.equal(new Set(phases.slice(7)).size, 7);
});

test('a walk reads what it wrote', () => {
  const files = new Map<string, string>();
  const { steps, files: known } = workspacePlan(200, 'salt');
  for (const step of steps) {
    if (step.do === 'write') files.set(step.path, step.content);
    if (step.do === 'edit') files.set(step.path, (files.get(step.path) ?? '').replace(step.from, step.to));
    if (step.do === 'delete') assert.ok(files.delete(step.path));
    if (step.do === 'read') assert.equal(files.get(step.path), step.content);
  }
  assert.deepEqual(files, known);
  assert.deepEqual(new Set(steps.map((step) => step.do)), new Set(['write', 'read', 'edit', 'delete']));
});
