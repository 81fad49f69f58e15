import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage } from '../test/simulation/stage.ts';
import { scheduleReconciler } from './reconciler.ts';

const run = 'run_01kdvdna000000000000000001';
const log = { error: () => {} } as never;
const stillness = () => new Promise((resolve) => setImmediate(resolve));

test('the server looks far ahead at boot only, though one of its runs cannot be looked at', async () => {
  const stage = new Stage();
  await stage.run(run);
  const ahead: number[] = [];
  const app = stage.makeApp((call, proceed) => {
    if (call.method === 'describe') return Promise.reject(new Error('broken'));
    if (call.method === 'due') ahead.push(Date.parse(String(call.args[0])) - stage.clock.now());
    return proceed();
  });
  const stop = scheduleReconciler(app, log, 'usual');
  for (let look = 0; look < 3; look += 1) {
    await stillness();
    stage.clock.advance(5_000);
  }
  await stillness();
  stop();
  assert.equal(ahead[0], 120_000);
  assert.deepEqual(new Set(ahead.slice(-2)), new Set([0]));
});
