import type { ExecutionName } from './arns.ts';
import { JsonData } from './data-flow/json-data.ts';
import type { StepFunctions } from './engine.ts';
import type { ExecutionStatus } from './executions/execution.ts';
import { unpackEvents } from './history/pack.ts';
import { type ExecutionResult, resultOfEvent } from './history/result.ts';
import type { ExecutionRow, Journal } from './journal/journal.ts';
import type { Redrive } from './journal/redrive.ts';

export interface ExecutionDescription extends ExecutionName {
  /** Number in the journal. */
  readonly id: number;
  /** Id of the revision that it follows. */
  readonly revision: number;
  /** Number of the version, and name of the alias, that it was started by. */
  readonly version: number | null;
  readonly alias: string | null;
  /** Number of its map run, and the items that it is given, of a child execution. */
  readonly mapRun?: number | null | undefined;
  readonly mapItems?: number | null | undefined;
  readonly status: ExecutionStatus;
  /** Milliseconds since the epoch; `endedAt` is `null` while it runs. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** `null` where it has never been started again. */
  readonly redrive: Redrive | null;
  /** JSON text. */
  readonly input: string;
  readonly roleArn: string;
  readonly result: ExecutionResult;
}

/** An execution as it stands, or `undefined` if there is none of that name. Its end shows once it is durable. */
export function describeExecution(
  stepFunctions: StepFunctions,
  { machine, name }: ExecutionName,
): ExecutionDescription | undefined {
  const live = stepFunctions.running(machine, name);
  if (live === undefined) {
    const row = stepFunctions.journal.find(machine, name);
    return row === undefined ? undefined : describeRow(stepFunctions, row);
  }
  const { id, revision, version, alias, startedAt, input, roleArn, child, redrive = null } = live.facts;
  return {
    id,
    revision,
    version,
    alias,
    mapRun: child?.mapRun,
    mapItems: child?.items,
    redrive,
    machine,
    name,
    status: 'RUNNING',
    startedAt,
    endedAt: null,
    input: input.text,
    roleArn,
    result: {},
  };
}

function describeRow({ journal, machines }: StepFunctions, row: ExecutionRow): ExecutionDescription {
  const input = journal.input(row.id);
  const { roleArn } = machines.revision(row.revision);
  return { ...row, input, roleArn, result: resultOf(journal, row.id, input) };
}

/** Told by the last event. */
export function resultOf(journal: Journal, id: number, input: string): ExecutionResult {
  const last = journal.last(id);
  if (last === undefined) return {};
  const packed = journal.packed(id, last.number);
  const data = JsonData.lazy(() => input);
  return resultOfEvent(unpackEvents(packed, last.lastEvent, data).at(-1)?.event);
}
