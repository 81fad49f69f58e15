import type { TaskName } from '../tasks/handlers.ts';
import type { FunctionSpec, Right } from './function-spec.ts';
import { sourceOf } from './source.ts';

interface About {
  readonly purpose: string;
  /** The module of its step, in `shared/application/steps`, and the step's name there. */
  readonly step: readonly [module: string, name: string];
  readonly rights: readonly Right[];
  readonly timeoutSeconds?: number;
  readonly memoryMb?: number;
}

const about: Readonly<Record<TaskName, About>> = {
  prepare: {
    purpose: 'Begins a generation of a run: what an earlier one left claimed is stopped',
    step: ['prepare', 'prepare'],
    rights: ['store:read', 'store:write', 'live:send', 'workers:run'],
  },
  advance: {
    purpose: 'Brings a run as far as it goes by itself: asks its program, and does what that asks for',
    step: ['advance', 'advance'],
    rights: [
      'store:read',
      'store:write',
      'blobs:read',
      'blobs:write',
      'engine:run',
      'reconcile:send',
      'live:send',
      'programs:invoke',
      'workers:run',
      'key:heads',
    ],
    // One call of a model may take ten minutes (rule 16).
    timeoutSeconds: 900,
    memoryMb: 1_024,
  },
  dispatch: {
    purpose: 'Starts the worker of a command',
    step: ['dispatch', 'dispatch'],
    rights: ['store:read', 'store:write', 'engine:answer', 'live:send', 'workers:run', 'key:tickets'],
  },
  await: {
    purpose: 'Parks an execution until there is news for its run',
    step: ['await-news', 'awaitNews'],
    rights: ['store:read', 'store:write', 'engine:answer'],
  },
  successor: {
    purpose: 'Hands a run over to a new execution before this one grows too old',
    step: ['start-successor', 'startSuccessor'],
    rights: ['store:read', 'store:write', 'engine:run', 'live:send'],
  },
  finish: {
    purpose: 'Ends the execution of a run, and tells whoever has to know',
    step: ['finish', 'finish'],
    rights: [
      'store:read',
      'store:write',
      'blobs:read',
      'blobs:write',
      'engine:answer',
      'reconcile:send',
      'live:send',
      'workers:run',
      'key:heads',
    ],
  },
};

const specOf = (
  name: TaskName,
  { purpose, step: [module, step], rights, timeoutSeconds = 60, memoryMb = 512 }: About,
): FunctionSpec => ({
  name: `task-${name}`,
  purpose,
  source: sourceOf({
    rights,
    maker: ['./functions/tasks/function.ts', 'taskFunction'],
    imports: { [`./shared/application/steps/${module}.ts`]: [step] },
    given: step,
  }),
  timeoutSeconds,
  memoryMb,
  rights,
});

/** The functions behind the states of the run machine, by the names that its definition uses. */
export const taskFunctions = Object.fromEntries(
  Object.entries(about).map(([name, one]) => [name, specOf(name as TaskName, one)]),
) as Readonly<Record<TaskName, FunctionSpec>>;
