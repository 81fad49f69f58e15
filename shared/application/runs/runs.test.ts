import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, tenant } from '../../../test/simulation/stage.ts';
import type { EventDraft } from '../../domain/events.ts';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { App } from '../app.ts';

const run = 'run_01kdvdna000000000000000001';
const pause: EventDraft = { type: 'run.paused', by: 'user:ann', payload: {} };
const note = (operation: number): EventDraft => ({
  type: 'operation.completed',
  by: 'run',
  payload: {
    operation,
    record: { kind: 'log', hash: 'a'.repeat(64), request: { inline: { message: 'x' } } },
    outcome: { ok: true, value: { inline: null } },
  },
});

/** A process whose next append fares badly: before its effect, or after it. */
function failing(stage: Stage, when: 'before' | 'after', error: Error): App {
  let failed = false;
  return stage.makeApp((call, proceed) => {
    if (failed || call.method !== 'append') return proceed();
    failed = true;
    if (when === 'before') return Promise.reject(error);
    return (proceed() as Promise<void>).then(() => Promise.reject(error));
  });
}

const lost = new Error('The answer was lost');

test('an append whose answer was lost is settled by reading: it was mine', async () => {
  const stage = new Stage();
  await stage.run(run);
  const state = await failing(stage, 'after', lost).runs.update(tenant, run, () => [pause]);
  assert.equal(state.seq, 3);
  assert.deepEqual(await stage.types(run), ['run.created', 'run.carried', 'run.paused']);
});

test('an append that had no effect fails', async () => {
  const stage = new Stage();
  await stage.run(run);
  await assert.rejects(
    failing(stage, 'before', lost).runs.update(tenant, run, () => [pause]),
    lost,
  );
  assert.equal((await stage.types(run)).length, 2);
});

test('an append that was refused for good is not looked for', async () => {
  const stage = new Stage();
  await stage.run(run);
  const full = new TandemError('data.full');
  const app = failing(stage, 'before', full);
  await assert.rejects(
    app.runs.update(tenant, run, () => [pause]),
    full,
  );
});

test('after a conflict it is decided again, on the log as it then stands', async () => {
  const stage = new Stage();
  await stage.run(run);
  const seen: number[] = [];
  const state = await stage.app.runs.update(tenant, run, (now) => {
    seen.push(now.seq);
    return now.paused ? [] : [pause];
  });
  assert.deepEqual([seen, state.paused], [[2], true]);
  const other = stage.makeApp();
  await other.runs.load(tenant, run);
  await stage.append(run, { type: 'run.resumed', by: 'user:bob', payload: {} });
  const both = await Promise.all([
    other.runs.update(tenant, run, (now) => (now.paused ? [] : [pause])),
    stage.app.runs.update(tenant, run, (now) => (now.paused ? [] : [pause])),
  ]);
  assert.deepEqual(
    both.map(({ seq }) => seq),
    [5, 5],
    'the one that lost has nothing left to do',
  );
});

test('what no longer applies after a conflict is not appended', async () => {
  const stage = new Stage();
  await stage.run(run);
  const [first, second] = [stage.makeApp(), stage.makeApp()];
  const end: EventDraft = { type: 'run.cancelled', by: 'user:ann', payload: {} };
  const ends = (app: App) =>
    app.runs.update(tenant, run, (now) => {
      if (now.end) throw new TandemError('run.ended');
      return [end];
    });
  const results = await Promise.allSettled([ends(first), ends(second)]);
  assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal((await stage.types(run)).length, 3);
});

test('time never runs backwards in a log', async () => {
  const stage = new Stage();
  stage.clock.advance(60_000);
  const before = await stage.run(run);
  const earlier = new Stage();
  const { events } = earlier.app.runs.seal(before, [pause, pause]);
  assert.deepEqual(
    events.map(({ at }) => at),
    [before.at, before.at],
  );
});

test('a state folded from a snapshot is the state folded from the whole log', async () => {
  const stage = new Stage();
  let state = await stage.run(run);
  for (let operation = 1; operation <= limits.snapshotEvents + 20; operation += 20) {
    state = await stage.append(run, ...Array.from({ length: 20 }, (_, index) => note(operation + index)));
  }
  const log = stage.app.log.forTenant(tenant);
  const snapshot = await log.snapshot(run);
  assert.ok(snapshot && snapshot.seq >= limits.snapshotEvents && snapshot.seq < state.seq);
  const { base, events, state: fromSnapshot } = await stage.makeApp().runs.window(tenant, run);
  assert.equal(base?.seq, snapshot.seq);
  assert.equal(events.length, state.seq - snapshot.seq);
  const stored = stage.disk.tenant(tenant).logs.get(run);
  delete stored?.snapshot;
  assert.deepEqual(await stage.state(run), fromSnapshot);
});

test('a run that is not there is not found, in another tenant either', async () => {
  const stage = new Stage();
  await stage.run(run);
  await assert.rejects(stage.app.runs.load('other', run), { code: 'resource.not-found' });
  assert.equal(await stage.app.runs.find(tenant, 'run_x'), undefined);
});
