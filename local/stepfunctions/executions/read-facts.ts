import { executionArn, machineArn, type Place } from '../arns.ts';
import type { JsonData } from '../data-flow/json-data.ts';
import type { Machine } from '../definition/machine.ts';
import type { ExecutionRow, Journal, NewExecutionRow } from '../journal/journal.ts';
import type { Machines } from '../machines/machines.ts';
import { childFacts } from '../map-runs/children.ts';
import type { ExecutionFacts } from './execution.ts';

/** What facts are made of besides an execution's row. */
export interface FactSources {
  readonly journal: Journal;
  readonly machines: Machines;
  readonly place: Place;
}

/** The facts of an execution, given its row and its input. `child`: what makes it one of a map run. */
export function readFacts(
  { journal, machines, place }: FactSources,
  row: Omit<NewExecutionRow, 'input'>,
  input: JsonData,
  child: ExecutionFacts['child'] = childFacts(journal, place, row),
): ExecutionFacts {
  const { id, machine, revision, version, alias, name, startedAt } = row;
  return {
    id,
    name,
    revision,
    version,
    alias,
    arn: executionArn(place, machine, name),
    input,
    startedAt,
    roleArn: machines.revision(revision).roleArn,
    machineName: machine,
    machineArn: machineArn(place, machine),
    child,
  };
}

/** What an execution follows. The machine's own TimeoutSeconds are not those of child executions. */
export function machineOfRow(
  machines: Machines,
  { revision, mapRun }: Pick<ExecutionRow, 'revision' | 'mapRun'>,
): Machine {
  const compiled = machines.compiled(revision);
  return mapRun == null ? compiled : { ...compiled, timeoutSeconds: undefined };
}
