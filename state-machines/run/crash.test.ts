import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';
import { CutJournal } from '../../local/stepfunctions/testing/cut-journal.ts';
import { ScriptedRun, type Story, statesOf } from './scripted-run.ts';

const story: Story = ['advance', 'command', 'approval', 'advance', 'signal'];

/** The process dies when it tries to write its transition number `writes` + 1, and starts again on what is written. */
async function crashedAfter(writes: number): Promise<{ states: readonly string[]; crashed: boolean }> {
  const run = new ScriptedRun({ story });
  const disk = createMemoryJournal();
  const journal = new CutJournal(disk, writes);
  const first = await run.open(journal);
  void first.start(run.input, run.name);
  await first.quiet(run.name);
  const crashed = journal.isCut;
  await first.stepFunctions.close();
  const second = await run.open(disk);
  await second.start(run.input, run.name);
  const { status } = await second.end(run.name);
  assert.equal(status, 'SUCCEEDED');
  return { states: statesOf(second, run.name), crashed };
}

describe('a crash of the engine', () => {
  test('at each transition leads to the same end by the same way', async () => {
    const { states, harness } = await new ScriptedRun({ story }).walk();
    const transitions = 1 + (harness.stepFunctions.journal.last(1)?.number ?? -1);
    for (let writes = 0; writes < transitions; writes += 1) {
      const after = await crashedAfter(writes);
      assert.ok(after.crashed, `nothing was lost after transition ${writes}`);
      assert.deepEqual(after.states, states, `after transition ${writes}`);
    }
    assert.equal((await crashedAfter(transitions)).crashed, false);
  });
});
