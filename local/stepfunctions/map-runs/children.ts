import { executionArn, expressArn, machineArn, type Place } from '../arns.ts';
import { resultOf } from '../describe.ts';
import type { ChildFacts } from '../executions/execution.ts';
import type { ExecutionResult } from '../history/result.ts';
import type { ExecutionRow, Journal, NewExecutionRow } from '../journal/journal.ts';
import type { ChildRow, MapRunRow } from '../journal/map-runs.ts';
import type { ChildResult } from './child-result.ts';
import type { NewChild } from './map-run.ts';
import { childMachine, childName, mapRunArn } from './names.ts';

/** Where a child execution comes from, by its row; `undefined` for any other execution. */
export function childFacts(
  { mapRuns }: Journal,
  place: Place,
  { mapRun, mapIndex, mapItems }: Pick<ExecutionRow, 'mapRun' | 'mapIndex' | 'mapItems'>,
): ChildFacts | undefined {
  const run = mapRun == null ? undefined : mapRuns.get(mapRun);
  return run && factsOfChild(place, run, { index: mapIndex ?? 0, items: mapItems ?? 1 });
}

export function factsOfChild(
  place: Place,
  { id, execution, machine, label, uuid }: MapRunRow,
  { index, items }: Pick<ChildFacts, 'index' | 'items'>,
): ChildFacts {
  const arn = mapRunArn(machineArn(place, machine), label, uuid);
  const root = { id: execution, machine: machine.split('/')[0] ?? machine };
  return { mapRun: id, index, items, mapRunArn: arn, root };
}

/** A Standard child execution, as it is written down at its start. */
export function childRow(
  run: MapRunRow,
  { index, items, text }: NewChild,
  by: Pick<NewExecutionRow, 'id' | 'revision' | 'startedAt'>,
): NewExecutionRow {
  return {
    ...by,
    machine: childMachine(run.machine, run.label),
    version: null,
    alias: null,
    name: childName(run.uuid, index),
    input: text,
    mapRun: run.id,
    mapIndex: index,
    mapItems: items,
  };
}

/** Children that have begun, with what came of them. */
export function readChildren(
  { journal, place }: { readonly journal: Journal; readonly place: Place },
  run: MapRunRow,
  { from, limit }: { readonly from: number; readonly limit: number },
): readonly ChildResult[] {
  const machine = childMachine(run.machine, run.label);
  return journal.mapRuns.children(run.id, from, limit).map((child) => {
    const name = childName(run.uuid, child.index);
    const arn = run.plan.express
      ? expressArn(place, { machine, name, id: name })
      : executionArn(place, machine, name);
    return { ...child, arn, name, machineArn: machineArn(place, machine), ...contentOf(journal, run, child) };
  });
}

function contentOf(
  journal: Journal,
  run: MapRunRow,
  { execution, index }: ChildRow,
): ExecutionResult & { readonly input: string } {
  if (execution === null) {
    const kept = journal.mapRuns.expressChild(run.id, index);
    if (kept === undefined) throw new Error(`The journal lacks child ${index} of map run ${run.id}.`);
    return { input: kept.input, ...(JSON.parse(kept.result) as ExecutionResult) };
  }
  const input = journal.input(execution);
  return { input, ...resultOf(journal, execution, input) };
}
