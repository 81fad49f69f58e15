import { JsonData } from '../data-flow/json-data.ts';
import { executionInput, unpackText } from '../history/pack.ts';
import type { ExecutionRow, Journal } from '../journal/journal.ts';
import type { Machines } from '../machines.ts';
import type { ExecutionFacts } from './execution.ts';
import { Live } from './live.ts';
import { readPosition, type TextPlace } from './position-record.ts';

export interface RecoveryOptions {
  readonly journal: Journal;
  readonly machines: Machines;
  /** The facts of an execution, given its row and its input. */
  readonly factsOf: (row: ExecutionRow, input: JsonData) => ExecutionFacts;
}

/** The executions that were running, as they stood. Their data stay in the journal until somebody looks at them. */
export function readRunning({ journal, machines, factsOf }: RecoveryOptions): readonly Live[] {
  return journal.running().map((row) => {
    const last = journal.last(row.id);
    if (last === undefined) throw new Error(`The journal has no transition of execution ${row.id}.`);
    const input = JsonData.lazy(() => journal.input(row.id));
    const load = (place: TextPlace): JsonData => textAt(journal, row.id, place) ?? input;
    const recorded = readPosition(last.position, load);
    const live = new Live(factsOf(row, input), machines.compiled(row.revision), recorded.position);
    live.lastEvent = last.lastEvent;
    live.transitions = last.number + 1;
    live.input = recorded.input;
    return live;
  });
}

/** `undefined` for the execution's own input. */
function textAt(journal: Journal, execution: number, [transition, text]: TextPlace): JsonData | undefined {
  if (text === executionInput) return undefined;
  return JsonData.lazy(() => unpackText(journal.packed(execution, transition), text));
}
