import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, Stage, tenant } from '../../../test/simulation/stage.ts';
import type { EventDraft } from '../../domain/events.ts';
import { launchName } from '../../domain/launch-name.ts';
import { taskStopped } from './task-stopped.ts';

const run = 'run_01kdvdna000000000000000001';
const arn = 'arn:aws:ecs:eu-central-1:000000000000:task/tandem/1';
const token = { run, generation: 1, loop: 1, token: 'token', told: 0 };
const task = { arn, startedBy: launchName({ tenant, run, operation: 1 }), reason: 'OutOfMemoryError' };
const command = asks(1, 'command.run', { command: 'ls' });
const claimed: EventDraft = {
  type: 'operation.started',
  by: 'worker',
  payload: { operation: 1, worker: { kind: 'task', id: arn } },
};

async function stageWith(...drafts: EventDraft[]): Promise<Stage> {
  const stage = new Stage();
  await stage.run(run, drafts);
  await stage.app.tokens.forTenant(tenant).put(token);
  return stage;
}

test('the claim of a task that stopped is interrupted, says why, and the execution goes on at once', async () => {
  const stage = await stageWith(command, claimed);
  assert.equal(await taskStopped(stage.app, task), 'interrupted');
  const { events } = await stage.app.log.forTenant(tenant).read(run, 0);
  const last = events.at(-1);
  assert.ok(last?.type === 'operation.interrupted');
  assert.equal(last.payload.reason, 'Its task stopped: OutOfMemoryError');
  assert.deepEqual(stage.answered, ['token']);
  assert.equal(await taskStopped(stage.app, task), 'nothing');
});

test('a task that stopped before it claimed anything is launched again by the execution that waits', async () => {
  const stage = await stageWith(command);
  assert.equal(await taskStopped(stage.app, task), 'asked');
  assert.deepEqual(stage.answered, ['token']);
  assert.equal((await stage.state(run)).answered, 0);
});

test('one of several tasks that were launched for an operation is no loss', async () => {
  const stage = await stageWith(command);
  stage.launched.push(1);
  assert.equal(await taskStopped(stage.app, task), 'nothing');
  const other = await stageWith(command, claimed);
  assert.equal(await taskStopped(other.app, { ...task, arn: `${arn}-2` }), 'nothing');
  assert.deepEqual([...stage.answered, ...other.answered], []);
});

test('when nobody can be woken the reconciler is asked to look', async () => {
  const stage = await stageWith(command, claimed);
  stage.gone.add('token');
  assert.equal(await taskStopped(stage.app, task), 'interrupted');
  const [message] = await stage.app.reconcileQueue.receive(1, 30);
  assert.deepEqual(message?.body, { tenant, run });
});

test('tasks of ended runs, of unknown runs and of others are no news', async () => {
  const stage = await stageWith(command, { type: 'run.cancelled', by: 'user:ann', payload: {} });
  const strangers = [
    task,
    { ...task, startedBy: 'ecs-svc/7' },
    { ...task, startedBy: launchName({ tenant, run: 'run_unknown', operation: 1 }) },
    { ...task, startedBy: launchName({ tenant, run, operation: 2 }) },
  ];
  for (const stranger of strangers) assert.equal(await taskStopped(stage.app, stranger), 'nothing');
});
