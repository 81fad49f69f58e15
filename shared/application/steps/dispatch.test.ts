import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, claims, Stage, waitingStep } from '../../../test/simulation/stage.ts';
import { isTandemError, TandemError } from '../../errors/tandem-error.ts';
import type { TaskLauncher } from '../../ports/task-launcher.ts';
import type { App } from '../app.ts';
import { dispatch } from './dispatch.ts';

const run = 'run_01kdvdna000000000000000001';
const step = waitingStep(run);
const command = asks(1, 'command.run', { command: 'ls' });

/** The stage's application, where workers are launched like this. */
const launching = (stage: Stage, launch: TaskLauncher['launch']): App => ({
  ...stage.app,
  launcher: { ...stage.app.launcher, launch },
});

const tooLong = new TandemError('limit.exceeded', { message: 'A command may take 13 minutes here.' });

test('a command that no place can run has its outcome at once, and the execution goes on', async () => {
  const stage = new Stage();
  await stage.run(run, [command]);
  const app = launching(stage, () => Promise.reject(tooLong));
  await dispatch(app, step);
  const { events } = await app.log.forTenant(step.tenant).read(run, 0);
  const last = events.at(-1);
  assert.ok(last?.type === 'operation.completed');
  const error = { code: 'limit.exceeded', message: 'A command may take 13 minutes here.' };
  assert.deepEqual(last.payload, { operation: 1, outcome: { ok: false, error } });
  assert.deepEqual(stage.answered, [step.token]);
  await dispatch(app, step);
  assert.equal((await stage.types(run)).length, events.length);
});

test('a command that a worker claims meanwhile keeps its worker', async () => {
  const stage = new Stage();
  await stage.run(run, [command]);
  const app = launching(stage, async () => {
    await stage.append(run, claims(1));
    throw tooLong;
  });
  await dispatch(app, step);
  assert.equal((await stage.types(run)).at(-1), 'operation.started');
});

test('a place that is unavailable for now is no outcome: the step is tried again', async () => {
  const stage = new Stage();
  await stage.run(run, [command]);
  const app = launching(stage, () => Promise.reject(new TandemError('space.unavailable')));
  await assert.rejects(dispatch(app, step), (error: unknown) => isTandemError(error, 'space.unavailable'));
  assert.equal((await stage.types(run)).at(-1), 'operation.requested');
  assert.deepEqual(stage.answered, []);
});

test('every loop of an execution launches under a name of its own, and a step that is repeated under the same', async () => {
  const stage = new Stage();
  await stage.run(run, [command]);
  const attempts: string[] = [];
  const app = launching(stage, async ({ attempt }) => void attempts.push(attempt));
  await dispatch(app, step);
  await dispatch(app, step);
  await dispatch(app, { ...step, loop: 2 });
  assert.deepEqual(attempts, ['1-1', '1-1', '1-2']);
});
