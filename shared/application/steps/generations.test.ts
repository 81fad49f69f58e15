import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, claims, Stage, tenant, waitingStep } from '../../../test/simulation/stage.ts';
import { advance } from './advance.ts';
import { awaitNews } from './await-news.ts';
import { dispatch } from './dispatch.ts';
import { finish } from './finish.ts';
import { prepare } from './prepare.ts';
import { startSuccessor } from './start-successor.ts';

const run = 'run_01kdvdna000000000000000001';
const old = waitingStep(run);

/** A run with a claimed command, which its second generation carries. */
async function carriedOn(): Promise<Stage> {
  const stage = new Stage();
  stage.alive.add('7');
  const command = [asks(1, 'command.run', { command: 'ls' }), claims(1)];
  await stage.run(run, [...command, { type: 'run.carried', by: 'system', payload: { generation: 2 } }]);
  return stage;
}

/** Nothing was appended, nobody was stopped, nothing was started. */
async function assertUntouched(stage: Stage): Promise<void> {
  assert.equal((await stage.types(run)).length, 5);
  assert.deepEqual([...stage.alive], ['7']);
  assert.deepEqual(stage.started, []);
}

for (const [name, step] of [
  ['Prepare', prepare],
  ['Advance', advance],
] as const) {
  test(`${name} of an old generation does nothing and says that it is superseded`, async () => {
    const stage = await carriedOn();
    assert.equal((await step(stage.app, old)).next, 'superseded');
    await assertUntouched(stage);
  });
}

for (const [name, step] of [
  ['Await', awaitNews],
  ['Dispatch', dispatch],
] as const) {
  test(`${name} of an old generation only lets its own execution go on`, async () => {
    const stage = await carriedOn();
    const tokens = stage.app.tokens.forTenant(tenant);
    const newer = { run, generation: 2, loop: 1, token: 'newer', told: 0 };
    await tokens.put(newer);
    await step(stage.app, old);
    assert.deepEqual(stage.answered, [old.token]);
    assert.deepEqual(await tokens.get(run), newer);
    assert.deepEqual(stage.launched, []);
    await assertUntouched(stage);
  });
}

test('Finish of an old generation does not end the run', async () => {
  const stage = await carriedOn();
  await finish(stage.app, { ...old, error: { Error: 'States.Timeout' } });
  await assertUntouched(stage);
});

test('StartSuccessor of a generation long past starts none', async () => {
  const stage = new Stage();
  await stage.run(run);
  for (const generation of [2, 3]) {
    await stage.append(run, { type: 'run.carried', by: 'system', payload: { generation } });
  }
  await startSuccessor(stage.app, old);
  assert.deepEqual(stage.started, []);
  assert.equal((await stage.state(run)).generation, 3);
});

test('Prepare of a new generation stops and interrupts what an earlier one has claimed', async () => {
  const stage = await carriedOn();
  const step = await prepare(stage.app, { tenant, run, generation: 2 });
  assert.deepEqual([step.next, step.generation], ['advance', 2]);
  assert.deepEqual([...stage.alive], []);
  assert.equal((await stage.types(run)).at(-1), 'operation.interrupted');
  await prepare(stage.app, { tenant, run, generation: 2 });
  assert.equal((await stage.types(run)).length, 6, 'repeating it changes nothing');
});

test('StartSuccessor appends the next generation before it starts its execution', async () => {
  const stage = new Stage();
  await stage.run(run);
  await startSuccessor(stage.app, old);
  assert.equal((await stage.state(run)).generation, 2);
  assert.deepEqual(stage.started, [`${run}-2`]);
  await startSuccessor(stage.app, old);
  assert.equal((await stage.state(run)).generation, 2);
  assert.deepEqual([...new Set(stage.started)], [`${run}-2`], 'starting it again is harmless');
});
