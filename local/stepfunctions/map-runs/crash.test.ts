import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createMemoryJournal } from '../journal/memory.ts';
import { CutJournal } from '../testing/cut-journal.ts';
import { call, children, map, output, pass } from '../testing/distributed-maps.ts';
import { Harness } from '../testing/harness.ts';
import { hang, ScriptedFunction } from '../testing/scripted.ts';

describe('a distributed Map after a crash', () => {
  const input = ['a', 'b', 'c', 'd', 'e'];
  const definition = map(call('work'), { MaxConcurrency: 2 });

  for (let answered = 0; answered <= input.length; answered += 1) {
    test(`children that have ended are not run again (${answered} had)`, async () => {
      const disk = createMemoryJournal();
      const journal = new CutJournal(disk);
      let calls = 0;
      const partly = new ScriptedFunction((event) => {
        calls += 1;
        return calls > answered ? hang() : `${event}!`;
      });
      const first = await Harness.open({ definition, functions: { work: partly }, journal });
      await first.start(input);
      await first.quiet();
      journal.cut();
      await first.stepFunctions.close();

      const work = new ScriptedFunction((event) => `${event}!`);
      const again = await Harness.open({
        definition,
        functions: { work },
        journal: disk,
        clock: first.clock,
      });
      const ended = answered === input.length ? again.describe() : await again.end();
      assert.deepEqual(
        output(ended.result.output),
        input.map((item) => `${item}!`),
      );
      assert.equal(work.events.length, input.length - answered);
      assert.equal(disk.mapRuns.last(), 1, 'it is the same map run');
    });
  }

  /** Wherever the process dies, nothing is lost and nothing is done twice. */
  for (let writes = 1; writes <= 16; writes += 1) {
    test(`goes on behind every write (${writes})`, async () => {
      const disk = createMemoryJournal();
      const journal = new CutJournal(disk, writes);
      const first = await Harness.open({
        definition: map(pass, { MaxConcurrency: 2, Label: 'each' }),
        journal,
      });
      await Promise.race([first.start(input), new Promise(setImmediate)]);
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      journal.cut();
      await first.stepFunctions.close();
      const again = await Harness.open({ definition, journal: disk, clock: first.clock });
      if (disk.find('machine', 'execution')?.status === 'RUNNING') await again.end();
      assert.deepEqual(output(again.describe().result.output), input);
      assert.equal(children(again, 'each').length, input.length);
    });
  }

  test('an engine that closes leaves it running, and nothing is written any more', async () => {
    const disk = createMemoryJournal();
    const work = new ScriptedFunction(hang);
    const first = await Harness.open({ definition, functions: { work }, journal: disk });
    await first.start(input);
    await first.quiet();
    await first.stepFunctions.close();
    await new Promise(setImmediate);
    assert.deepEqual([disk.mapRuns.get(1)?.status, disk.running().length], ['RUNNING', 3]);
  });

  test('children of an execution that has ended in between are stopped', async () => {
    const disk = createMemoryJournal();
    const work = new ScriptedFunction(hang);
    const first = await Harness.open({ definition, functions: { work }, journal: disk });
    await first.start(input);
    await first.quiet();
    await first.stepFunctions.close();
    // Its end reaches the disk, and the process dies before its children hear of it.
    const { id } = first.stepFunctions.journal.find('machine', 'execution') ?? { id: 0 };
    const last = disk.last(id);
    disk.write({
      started: undefined,
      transition: {
        execution: id,
        number: (last?.number ?? 0) + 1,
        at: 1,
        lastEvent: (last?.lastEvent ?? 0) + 1,
        position: '',
        packed: '[["ea"]]',
      },
      ending: 'ABORTED',
    });
    const again = await Harness.open({ definition, functions: { work }, journal: disk });
    await again.quiet();
    assert.deepEqual(new Set(children(again, '').map(({ status }) => status)), new Set(['ABORTED']));
    assert.equal(disk.mapRuns.get(1)?.status, 'ABORTED');
  });
});
