import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, Stage, tenant } from '../../test/simulation/stage.ts';
import { Meter } from './measure.ts';
import { readEvent } from './read-event.ts';
import type { RunState } from './state.ts';

const run = 'run_01kdvdna000000000000000001';
const second = 1_000;

/** What the meter says of the run's log, `later` milliseconds after its last event. */
async function measured(stage: Stage, later = 0) {
  const meter = new Meter();
  let state: RunState | undefined;
  const { events } = await stage.app.log.forTenant(tenant).read(run, 0);
  for (const event of events) {
    meter.add(state, event);
    state = readEvent(state, event).state;
  }
  return meter.metrics(state as RunState, stage.clock.now() + later);
}

test('a run is measured by what it did and what it waited for', async () => {
  const stage = new Stage();
  await stage.run(run);
  stage.clock.advance(second);
  await stage.append(run, asks(1, 'signal.wait', { name: 'go' }));
  stage.clock.advance(60 * second);
  await stage.append(run, {
    type: 'operation.completed',
    by: 'system',
    payload: { operation: 1, outcome: { ok: false, error: { code: 'operation.failed', message: 'no' } } },
  });
  stage.clock.advance(2 * second);
  const parked = await measured(stage);
  assert.deepEqual(parked, {
    durationMs: 63 * second,
    inStatusMs: { queued: second, waiting: 60 * second, running: 2 * second },
    waitingForMs: { signal: 60 * second },
    operations: { 'signal.wait': 1 },
    failedOperations: 1,
    generations: 1,
  });
  await stage.append(run, { type: 'run.succeeded', by: 'run', payload: { output: { inline: 1 } } });
  const ended = await measured(stage, 3_600 * second);
  assert.equal(ended.durationMs, 63 * second, 'what comes after the end does not count');
});

test('the times in the statuses add up to the duration', async () => {
  const stage = new Stage();
  await stage.run(run, [asks(1, 'sleep', { ms: 5 })]);
  for (const event of [
    { type: 'run.paused', by: 'user:ann', payload: {} },
    { type: 'run.resumed', by: 'user:ann', payload: {} },
  ] as const) {
    stage.clock.advance(7 * second);
    await stage.append(run, event);
  }
  const { durationMs, inStatusMs, waitingForMs } = await measured(stage, 9 * second);
  assert.equal(inStatusMs.paused, 7 * second);
  assert.deepEqual(waitingForMs, { time: 16 * second });
  assert.equal(
    Object.values(inStatusMs).reduce((sum, ms) => sum + ms, 0),
    durationMs,
  );
});
