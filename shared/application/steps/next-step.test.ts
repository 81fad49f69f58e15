import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, Stage, waitingStep } from '../../../test/simulation/stage.ts';
import { decide } from '../../domain/decide.ts';
import { limits } from '../../domain/limits.ts';
import type { Step } from '../step.ts';
import { nextStep } from './next-step.ts';

const run = 'run_01kdvdna000000000000000001';

async function waiting(deadline?: string): Promise<{ stage: Stage; next: (loop?: number) => Step }> {
  const stage = new Stage();
  const asked = asks(1, 'signal.wait', { name: 'go' });
  const payload = { ...asked.payload, ...(deadline === undefined ? {} : { deadline }) };
  const state = await stage.run(run, [{ ...asked, payload } as typeof asked]);
  const next = (loop = 1) =>
    nextStep(stage.app, waitingStep(run, { loop }), { state, directive: decide(state), told: 0, did: [] });
  return { stage, next };
}

test('an execution hands over after its loops', async () => {
  const { next } = await waiting();
  assert.equal(next(limits.executionLoops - 1).next, 'signal');
  assert.equal(next(limits.executionLoops).next, 'handover');
});

test('an execution hands over when it is old, and waits no longer than that', async () => {
  const { stage, next } = await waiting();
  assert.equal(next().timeoutSeconds, limits.executionMs / 1_000);
  stage.clock.advance(limits.executionMs - 1_500);
  assert.deepEqual([next().next, next().timeoutSeconds], ['signal', 2]);
  stage.clock.advance(1_500);
  assert.equal(next().next, 'handover');
});

test('a wait ends at its deadline, and one that has passed ends at once', async () => {
  const { stage, next } = await waiting('2026-01-01T00:00:10.000Z');
  assert.equal(next().timeoutSeconds, 10);
  stage.clock.advance(60_000);
  assert.equal(next().timeoutSeconds, 1);
});

test('a deadline beside a running command ends its state, which is waited for again after that', async () => {
  const stage = new Stage();
  const sleep = asks(2, 'sleep', { ms: 60_000 });
  const payload = { ...sleep.payload, deadline: '2026-01-01T00:01:00.000Z' };
  const command = asks(1, 'command.run', { command: 'make', timeoutMs: 3_600_000 });
  const seconds = (state: Awaited<ReturnType<Stage['run']>>) =>
    nextStep(stage.app, waitingStep(run), { state, directive: decide(state), told: 0, did: [] })
      .timeoutSeconds;
  assert.equal(seconds(await stage.run(run, [command, { ...sleep, payload } as typeof sleep])), 60);
  const slept = await stage.append(run, {
    type: 'operation.completed',
    by: 'system',
    payload: { operation: 2, outcome: { ok: true, value: { inline: null } } },
  });
  assert.equal(seconds(slept), 3_660);
});

test('what was done is told in few words', async () => {
  const { stage } = await waiting();
  const state = await stage.state(run);
  const did = Array.from({ length: 100 }, (_, index) => `${index} file.read`);
  const step = nextStep(stage.app, waitingStep(run), { state, directive: decide(state), told: 0, did });
  assert.equal(step.did.at(-1), 'and 80 more');
  assert.ok(JSON.stringify(step).length < limits.stateBytes / 10);
});
