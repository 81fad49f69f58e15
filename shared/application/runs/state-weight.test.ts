import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asks, Stage } from '../../../test/simulation/stage.ts';
import { stateWeight } from './state-weight.ts';

const run = 'run_01kdvdna000000000000000001';

test('a state weighs about what it carries of other people’s data', async () => {
  const stage = new Stage();
  const light = stateWeight(await stage.run(run));
  assert.ok(light < 5_000);
  const text = 'x'.repeat(100_000);
  const heavy = [
    await new Stage().run(run, [], { input: { inline: { text } } }),
    await new Stage().run(run, [asks(1, 'agent.call', { agent: 'a', input: text })]),
    await new Stage().run(run, [
      { type: 'signal.received', by: 'user:ann', payload: { name: 'go', payload: [text] } },
    ]),
    await new Stage().run(run, [{ type: 'run.succeeded', by: 'run', payload: { output: { inline: text } } }]),
  ];
  for (const state of heavy) {
    const weight = stateWeight(state) - light;
    assert.ok(weight > 200_000 && weight < 202_000, String(weight));
  }
  const elsewhere = await new Stage().run(run, [], { input: { blob: 'a'.repeat(64), size: 1e9 } });
  assert.ok(stateWeight(elsewhere) < 5_000, 'what is spilled weighs nothing');
});
