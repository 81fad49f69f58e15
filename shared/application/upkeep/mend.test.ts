import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, claims, Stage, tenant } from '../../../test/simulation/stage.ts';
import type { EventDraft } from '../../domain/events.ts';
import { wake } from '../executions/wake.ts';
import { awaitNews } from '../steps/await-news.ts';
import { reconcile, reconcileDue } from './reconcile.ts';

const run = 'run_01kdvdna000000000000000001';
const waits = asks(1, 'signal.wait', { name: 'go' });
const signal: EventDraft = { type: 'signal.received', by: 'user:ann', payload: { name: 'go', payload: 1 } };
const token = { run, generation: 1, loop: 1, token: 'token', told: 0 };
const minute = 60_000;

test('a run whose execution was never started is started', async () => {
  const stage = new Stage();
  await stage.run(run);
  stage.executions.set(`${run}-1`, 'absent');
  await reconcile(stage.app, tenant, run);
  assert.deepEqual(stage.started, [`${run}-1`]);
  assert.equal((await stage.state(run)).generation, 1);
});

test('a run whose engine has forgotten it gets a new generation, whose token is taken', async () => {
  const stage = new Stage();
  await stage.run(run, [waits]);
  await stage.app.tokens.forTenant(tenant).put({ ...token, loop: 5 });
  stage.executions.set(`${run}-1`, 'absent');
  await reconcile(stage.app, tenant, run);
  assert.deepEqual(stage.started, [`${run}-2`]);
  const step = { next: 'signal', timeoutSeconds: 60, did: [], say: '' } as const;
  await awaitNews(stage.app, { ...step, tenant, run, generation: 2, loop: 1, token: 'new', told: 0 });
  await stage.append(run, signal);
  await wake(stage.app, await stage.state(run));
  assert.deepEqual(stage.answered, ['new']);
});

test('a run whose execution has closed gets a new generation', async () => {
  const stage = new Stage();
  await stage.run(run, [waits]);
  stage.executions.set(`${run}-1`, 'closed');
  await reconcile(stage.app, tenant, run);
  assert.deepEqual(stage.started, [`${run}-2`]);
});

test('three generations that bring nothing of the agent end the run as stuck, naming why', async () => {
  const stage = new Stage();
  await stage.run(run);
  for (const generation of [1, 2, 3]) {
    stage.executions.set(`${run}-${generation}`, 'closed');
    await reconcile(stage.app, tenant, run);
  }
  const { end, generation } = await stage.state(run);
  assert.equal(generation, 3);
  assert.ok(end?.status === 'failed');
  assert.equal(end.error.code, 'run.stuck');
  assert.match(end.error.message, /Somebody stopped it/);
});

test('a run that only waits is never stuck', async () => {
  const stage = new Stage();
  await stage.run(run, [waits]);
  for (const generation of [1, 2, 3, 4, 5]) {
    stage.executions.set(`${run}-${generation}`, 'closed');
    await reconcile(stage.app, tenant, run);
  }
  assert.equal((await stage.state(run)).generation, 6);
});

test('an execution that has not heard the news is woken; one that waits for news is left alone', async () => {
  const stage = new Stage();
  await stage.run(run, [waits]);
  await stage.app.tokens.forTenant(tenant).put(token);
  await reconcile(stage.app, tenant, run);
  assert.deepEqual(stage.answered, []);
  await stage.append(run, signal);
  await reconcile(stage.app, tenant, run);
  assert.deepEqual(stage.answered, ['token']);
});

test('an execution that nobody can wake is left behind, but not before its steps are over', async () => {
  const stage = new Stage();
  await stage.run(run, [waits, signal]);
  await stage.app.tokens.forTenant(tenant).put(token);
  stage.gone.add('token');
  stage.clock.advance(15 * minute);
  await reconcile(stage.app, tenant, run);
  assert.equal((await stage.state(run)).generation, 1);
  stage.clock.advance(2 * minute);
  await reconcile(stage.app, tenant, run);
  assert.deepEqual([stage.started, stage.stopped], [[`${run}-2`], [`${run}-1`]]);
});

test('the claim of a worker that died is interrupted; one that lives is left alone', async () => {
  const stage = new Stage();
  await stage.run(run, [asks(1, 'command.run', { command: 'ls' }), claims(1)]);
  await stage.app.tokens.forTenant(tenant).put(token);
  stage.alive.add('7');
  await reconcile(stage.app, tenant, run);
  assert.equal((await stage.state(run)).answered, 0);
  stage.alive.delete('7');
  await reconcile(stage.app, tenant, run);
  assert.equal((await stage.types(run)).at(-1), 'operation.interrupted');
  assert.deepEqual(stage.answered, ['token']);
});

test('one run that cannot be looked at keeps no other waiting', async () => {
  const stage = new Stage();
  const bad = 'run_01kdvdna000000000000000000';
  await stage.run(bad);
  await stage.run(run);
  for (const name of [`${bad}-1`, `${run}-1`]) stage.executions.set(name, 'absent');
  const app = stage.makeApp((call, proceed) => {
    if (call.method === 'describe' && call.args[0] === `${bad}-1`) return Promise.reject(new Error('broken'));
    return proceed();
  });
  const before = new Date(stage.clock.now() + 2 * minute).toISOString();
  await assert.rejects(reconcileDue(app, before), AggregateError);
  assert.deepEqual(stage.started, [`${run}-1`]);
});

test('a look that was put off while its run ended is called off', async () => {
  const stage = new Stage();
  await stage.run(run);
  await stage.append(run, { type: 'run.cancelled', by: 'user:ann', payload: {} });
  const checkAt = new Date(stage.clock.now()).toISOString();
  await stage.app.projections.reschedule({ tenant, run, checkAt });
  assert.equal(await reconcileDue(stage.app, checkAt), 1);
  assert.deepEqual(await stage.app.projections.due('9999', 10), []);
});

test('who asks for a look is heard, once', async () => {
  const stage = new Stage();
  await stage.run(run, [waits]);
  stage.executions.set(`${run}-1`, 'closed');
  await stage.app.reconcileQueue.send({ tenant, run });
  const now = new Date(stage.clock.now()).toISOString();
  assert.equal(await reconcileDue(stage.app, now), 1);
  stage.clock.advance(minute);
  assert.equal(await reconcileDue(stage.app, now), 0);
});

test('an execution that still waits on a run which has ended is let go, and its token forgotten', async () => {
  const stage = new Stage();
  const tokens = stage.app.tokens.forTenant(tenant);
  await stage.run(run, [waits, { type: 'run.cancelled', by: 'user:ann', payload: {} }]);
  await tokens.put(token);
  await reconcile(stage.app, tenant, run);
  assert.deepEqual(stage.answered, ['token']);
  assert.equal(await tokens.get(run), undefined);
});

test('a row that says something else than the log is put right, and looked at once', async () => {
  const stage = new Stage();
  const { checkAt: due } = await rowOfParked(stage);
  const early = new Date(stage.clock.now() - minute).toISOString();
  const { projections } = stage.app;
  await projections.reschedule({ tenant, run, checkAt: early });
  assert.equal(await reconcileDue(stage.app, new Date(stage.clock.now()).toISOString()), 1);
  assert.deepEqual(await projections.due('9999', 10), [{ tenant, run, checkAt: due }]);
});

test('a look that ends while an event moves the run does not undo that', async () => {
  const stage = new Stage();
  await stage.run(run);
  const later = new Date(stage.clock.now() + 90 * minute).toISOString();
  const app = stage.makeApp((call, proceed) => {
    const isPutOff = call.port === 'projections' && call.method === 'reschedule';
    if (!isPutOff) return proceed();
    return stage.app.projections.reschedule({ tenant, run, checkAt: later }).then(proceed);
  });
  await reconcileDue(app, new Date(stage.clock.now() + 2 * minute).toISOString());
  assert.deepEqual(await stage.app.projections.due('9999', 10), [{ tenant, run, checkAt: later }]);
});

test('a row that stays due whatever is done does not keep the reconciler going', async () => {
  const stage = new Stage();
  await stage.run(run);
  const app = stage.makeApp((call, proceed) =>
    call.method === 'reschedule' ? Promise.resolve() : proceed(),
  );
  assert.equal(await reconcileDue(app, new Date(stage.clock.now() + 2 * minute).toISOString()), 1);
});

test('many runs that fall due again while they are looked at hide none behind them', async () => {
  const stage = new Stage();
  const name = (number: number) => `run_01kdvdna${String(number).padStart(18, '0')}`;
  const last = name(250);
  const at = (ms: number) => new Date(stage.clock.now() + ms).toISOString();
  for (let number = 1; number < 250; number += 1) await stage.run(name(number));
  await stage.run(last, [waits]);
  stage.executions.set(`${last}-1`, 'closed');
  const { projections } = stage.app;
  await projections.reschedule({ tenant, run: last, checkAt: at(minute) });
  // Each look finds the run moved, by an event, to a time before that of the last one.
  const app = stage.makeApp((call, proceed) => {
    if (call.port !== 'projections' || call.method !== 'reschedule') return proceed();
    const { run: looked } = call.args[0] as { run: string };
    return projections.reschedule({ tenant, run: looked, checkAt: at(1_000) });
  });
  assert.equal(await reconcileDue(app, at(2 * minute)), 250);
  assert.deepEqual(stage.started, [`${last}-2`]);
});

test('a message about a run that can never be looked at is given up, and the run looked at when it is due', async () => {
  const stage = new Stage();
  await stage.run(run);
  const app = stage.makeApp((call, proceed) =>
    call.method === 'describe' ? Promise.reject(new Error('broken')) : proceed(),
  );
  await app.reconcileQueue.send({ tenant, run });
  const now = new Date(stage.clock.now()).toISOString();
  for (let times = 0; times < 5; times += 1) {
    await assert.rejects(reconcileDue(app, now), AggregateError);
    stage.clock.advance(minute);
  }
  assert.equal(await reconcileDue(app, now), 0);
  assert.equal((await app.projections.due('9999', 10)).length, 1);
});

/** The row of a run that waits for a signal. */
async function rowOfParked(stage: Stage) {
  await stage.run(run, [waits]);
  const [row] = await stage.app.projections.due('9999', 10);
  assert.ok(row);
  return row;
}
