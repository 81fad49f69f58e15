import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, claims, Stage, tenant, waitingStep } from '../../../test/simulation/stage.ts';
import { childRunId } from '../../domain/derived-ids.ts';
import type { EventDraft } from '../../domain/events.ts';
import { finish } from './finish.ts';

const run = 'run_01kdvdna000000000000000001';
const step = waitingStep(run);
const Cause = JSON.stringify({ errorType: 'Error', errorMessage: 'The disk is gone', trace: [] });
const succeeded: EventDraft = { type: 'run.succeeded', by: 'run', payload: { output: { inline: 6 } } };

test('a run whose execution failed ends as failed, naming the cause', async () => {
  const stage = new Stage();
  await stage.run(run);
  await finish(stage.app, { ...step, error: { Error: 'Tandem.Unavailable', Cause } });
  const { end } = await stage.state(run);
  assert.ok(end?.status === 'failed');
  assert.equal(end.error.code, 'run.failed');
  assert.match(end.error.message, /The disk is gone/);
});

test('what is claimed is stopped before the run ends', async () => {
  const stage = new Stage();
  stage.alive.add('7');
  await stage.run(run, [asks(1, 'command.run', { command: 'ls' }), claims(1)]);
  await finish(stage.app, { ...step, error: { Error: 'x' } });
  assert.deepEqual([...stage.alive], []);
  assert.deepEqual((await stage.types(run)).slice(-2), ['operation.interrupted', 'run.failed']);
});

test('a run that was to be cancelled is cancelled, whatever failed', async () => {
  const stage = new Stage();
  await stage.run(run, [{ type: 'run.cancel-requested', by: 'user:ann', payload: { reason: 'enough' } }]);
  await finish(stage.app, { ...step, error: { Error: 'x' } });
  const { end } = await stage.state(run);
  assert.deepEqual(end?.status === 'cancelled' && end.reason, 'enough');
});

test('a run that has ended stays as it ended, however often it is finished', async () => {
  const stage = new Stage();
  await stage.run(run, [succeeded]);
  for (let times = 0; times < 3; times += 1) await finish(stage.app, { ...step, error: { Error: 'x' } });
  assert.deepEqual(await stage.types(run), ['run.created', 'run.carried', 'run.succeeded']);
});

test('the parent is told once, and woken', async () => {
  const stage = new Stage();
  await stage.run(run, [asks(1, 'agent.call', { agent: 'child' }), asks(2, 'signal.wait', { name: 'go' })]);
  await stage.app.tokens.forTenant(tenant).put({ run, generation: 1, loop: 1, token: 'parent', told: 0 });
  const child = childRunId(run, 1);
  await stage.run(child, [succeeded], { parent: { run, operation: 1, depth: 1 } });
  for (let times = 0; times < 3; times += 1) await finish(stage.app, waitingStep(child));
  const { answered, open } = await stage.state(run);
  assert.deepEqual([answered, Object.keys(open)], [1, ['2']]);
  assert.equal(stage.answered[0], 'parent');
});

test('children of a run that has ended are asked to end', async () => {
  const stage = new Stage();
  await stage.run(run, [asks(1, 'agent.call', { agent: 'child' }), succeeded]);
  const child = childRunId(run, 1);
  await stage.run(child, [], { parent: { run, operation: 1, depth: 1 } });
  await finish(stage.app, step);
  assert.equal((await stage.state(child)).cancelRequested?.by, `run:${run}`);
});

test('the token that a run waited on last does not outlive it', async () => {
  const stage = new Stage();
  await stage.run(run, [succeeded]);
  const tokens = stage.app.tokens.forTenant(tenant);
  await tokens.put({ run, generation: 1, loop: 3, token: 'old', told: 0 });
  await finish(stage.app, step);
  assert.equal(await tokens.get(run), undefined);
});
