import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, claims, Stage, tenant, waitingStep } from '../../../test/simulation/stage.ts';
import { isTandemError, TandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';
import { report } from '../commands/report.ts';
import { abandonClaims } from './claims.ts';
import { finish } from './finish.ts';

const run = 'run_01kdvdna000000000000000001';
const step = { ...waitingStep(run), error: { Error: 'x' } };
const { token } = step;

/** The stage's application, where a worker ends by itself or not at all: as in a function. */
function unkillable(stage: Stage): App {
  const stop = async () => {
    const { open } = await stage.state(run);
    if (open[1]) throw new TandemError('space.unavailable');
  };
  return { ...stage.app, launcher: { ...stage.app.launcher, stop } };
}

test('a worker that nobody can kill hears that the run is over, and then the run ends', async () => {
  const stage = new Stage();
  await stage.run(run, [asks(1, 'command.run', { command: 'ls' }), claims(1)]);
  await stage.app.tokens.forTenant(tenant).put({ run, generation: 1, loop: 1, token, told: 0 });
  const app = unkillable(stage);
  const expiresAt = Date.UTC(2027, 0, 1);
  const ticket = await app.tickets.issue({ tenant, run, operation: 1, generation: 1, expiresAt });
  assert.deepEqual(await report(app, ticket, { type: 'heartbeat' }), { next: 'continue' });
  await assert.rejects(finish(app, step), (error: unknown) => isTandemError(error, 'space.unavailable'));
  assert.deepEqual(await report(app, ticket, { type: 'heartbeat' }), { next: 'stop' });
  await report(app, ticket, { type: 'stopped', reason: 'The server said stop' });
  await finish(app, step);
  assert.deepEqual((await stage.types(run)).slice(-2), ['operation.interrupted', 'run.failed']);
});

test('where nothing is claimed there is nobody to tell', async () => {
  const stage = new Stage();
  const state = await stage.run(run, [asks(1, 'command.run', { command: 'ls' })]);
  const tokens = stage.app.tokens.forTenant(tenant);
  await tokens.put({ run, generation: 1, loop: 1, token, told: 0 });
  assert.deepEqual(await abandonClaims(stage.app, state, 'The program ended'), []);
  assert.equal((await tokens.get(run))?.token, token);
});
