import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { StepFunctions } from '../../local/stepfunctions/engine.ts';
import type { Journal } from '../../local/stepfunctions/journal/journal.ts';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';
import { openSqliteJournal } from '../../local/stepfunctions/journal/sqlite.ts';
import { CutJournal } from '../../local/stepfunctions/testing/cut-journal.ts';
import { type Scene, ScriptedFunction } from '../../local/stepfunctions/testing/scripted.ts';
import { createWorkflowEngine } from '../../local/stepfunctions/workflow-engine.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import type { WorkflowEngine } from '../../shared/ports/workflow-engine.ts';
import { runDefinition } from '../../state-machines/run/definition.ts';
import { temporaryFolder } from './stores.ts';

/** What the functions of the run machine do when they are called. */
export type RunScript = Readonly<
  Record<'prepare' | 'advance' | 'dispatch' | 'await' | 'successor' | 'finish', Scene>
>;

/** An engine whose run machine calls scripted functions. */
export interface EngineUnderTest {
  readonly engine: WorkflowEngine;
  readonly clock: VirtualClock;
  /** Drops everything that is in memory, and opens an engine on what was on the disk. */
  crash(): Promise<EngineUnderTest>;
}

export type MakeEngine = (context: TestContext, script: RunScript) => Promise<EngineUnderTest>;

export const memoryEngine: MakeEngine = (_context, script) => {
  const journal = createMemoryJournal();
  return open({ script, clock: new VirtualClock(), reopen: () => journal });
};

export const sqliteEngine: MakeEngine = (context, script) => {
  const file = join(temporaryFolder(context), 'journal.db');
  let opened: Journal | undefined;
  const close = async (): Promise<void> => opened?.close();
  const reopen = async (): Promise<Journal> => {
    await close();
    opened = openSqliteJournal(file);
    return opened;
  };
  context.after(close);
  return open({ script, clock: new VirtualClock(), reopen });
};

interface Opening {
  readonly script: RunScript;
  readonly clock: VirtualClock;
  readonly reopen: () => Journal | Promise<Journal>;
}

async function open(opening: Opening): Promise<EngineUnderTest> {
  const { script, clock, reopen } = opening;
  const journal = new CutJournal(await reopen());
  const stepFunctions = new StepFunctions({ journal, clock, ids: new SeededIds(clock.now(), clock) });
  const engine = createWorkflowEngine(stepFunctions, { name: 'run', definition });
  const functions = Object.entries(script).map(([name, scene]) => [name, new ScriptedFunction(scene)]);
  await stepFunctions.open(Object.fromEntries(functions));
  return {
    engine,
    clock,
    async crash() {
      journal.cut();
      await stepFunctions.close();
      return open(opening);
    },
  };
}

const definition = runDefinition();
