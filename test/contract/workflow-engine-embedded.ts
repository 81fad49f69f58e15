import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createApiHandler } from '../../local/stepfunctions/api/handler.ts';
import { listen } from '../../local/stepfunctions/api/listen.ts';
import { defaultPlace, machineArn } from '../../local/stepfunctions/arns.ts';
import { StepFunctions } from '../../local/stepfunctions/engine.ts';
import type { Journal } from '../../local/stepfunctions/journal/journal.ts';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';
import { openSqliteJournal } from '../../local/stepfunctions/journal/sqlite.ts';
import { CutJournal } from '../../local/stepfunctions/testing/cut-journal.ts';
import { type Scene, ScriptedFunction } from '../../local/stepfunctions/testing/scripted.ts';
import { createWorkflowEngine } from '../../local/stepfunctions/workflow-engine.ts';
import { StepFunctionsEngine } from '../../shared/aws/stepfunctions/workflow-engine.ts';
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
  /** What it reads the time from; absent: from the system. */
  readonly clock?: VirtualClock;
  /** How long a wait may be here that is to pass by itself. */
  readonly timeoutSeconds?: number;
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

/** The adapter of Step Functions, on our own engine behind its API. */
export const servedEngine: MakeEngine = (context, script) => {
  const journal = createMemoryJournal();
  return open({
    script,
    clock: new VirtualClock(),
    reopen: () => journal,
    reach: (own) => reach(context, own),
  });
};

interface Opening {
  readonly script: RunScript;
  readonly clock: VirtualClock;
  readonly reopen: () => Journal | Promise<Journal>;
  /** How it is reached; in the same process unless said otherwise. */
  readonly reach?: (stepFunctions: StepFunctions) => Promise<Reached>;
}

interface Reached {
  readonly engine: WorkflowEngine;
  close(): Promise<void>;
}

async function reach(context: TestContext, stepFunctions: StepFunctions): Promise<Reached> {
  stepFunctions.putStateMachine(machine);
  const server = await listen(createApiHandler(stepFunctions), { port: 0 });
  const client = new SFNClient({
    endpoint: server.url,
    region: defaultPlace.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    client.destroy();
    closed ??= server.close();
    return closed;
  };
  context.after(close);
  const arn = machineArn(defaultPlace, machine.name);
  return { engine: new StepFunctionsEngine({ client, machine: arn }), close };
}

async function open(opening: Opening): Promise<EngineUnderTest> {
  const { script, clock, reopen } = opening;
  const journal = new CutJournal(await reopen());
  const stepFunctions = new StepFunctions({ journal, clock, ids: new SeededIds(clock.now(), clock) });
  const reached = await opening.reach?.(stepFunctions);
  const engine = reached?.engine ?? createWorkflowEngine(stepFunctions, machine);
  const functions = Object.entries(script).map(([name, scene]) => [name, new ScriptedFunction(scene)]);
  await stepFunctions.open(Object.fromEntries(functions));
  return {
    engine,
    clock,
    async crash() {
      journal.cut();
      await reached?.close();
      await stepFunctions.close();
      return open(opening);
    },
  };
}

const machine = { name: 'run', definition: runDefinition() };
