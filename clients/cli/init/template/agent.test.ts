import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testRun } from 'tandem/testing';

const agent = new URL('./agent.ts', import.meta.url);
const small = { limit: 200, expenses: [{ what: 'Lunch', amount: 24.5 }] };
const large = { limit: 200, expenses: [{ what: 'Flight', amount: 320 }] };

test('a small claim is handed in without asking', async () => {
  const run = await testRun(agent, { input: small });
  assert.deepEqual(run.output, { handedIn: true, total: 24.5 });
  assert.match(run.files.get('claim.md') ?? '', /\| Lunch \| 24\.50 \|/);
});

test('a large claim is handed in once a person has approved', async () => {
  const run = await testRun(agent, { input: large, approvals: ['approved'] });
  assert.deepEqual(run.output, { handedIn: true, total: 320 });
  assert.deepEqual(run.artifacts, ['claim.md']);
});

test('a claim that is denied is not handed in', async () => {
  const run = await testRun(agent, {
    input: large,
    approvals: [{ decision: 'denied', reason: 'Take the train' }],
  });
  assert.deepEqual(run.output, { handedIn: false, total: 320, reason: 'Take the train' });
  assert.deepEqual(run.artifacts, []);
});
