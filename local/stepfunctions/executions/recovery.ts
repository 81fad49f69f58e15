import { JsonData } from '../data-flow/json-data.ts';
import type { Machine } from '../definition/machine.ts';
import { executionInput, unpackText } from '../history/pack.ts';
import type { ExecutionRow, Journal, TransitionHead } from '../journal/journal.ts';
import type { ExecutionFacts } from './execution.ts';
import { Live } from './live.ts';
import type { Thread } from './thread.ts';
import { readThreads, type TextPlace, type ThreadChanges } from './thread-record.ts';

export interface RecoveryOptions {
  readonly journal: Journal;
  readonly machineOf: (row: ExecutionRow) => Machine;
  /** The facts of an execution, given its row and its input. */
  readonly factsOf: (row: ExecutionRow, input: JsonData) => ExecutionFacts;
}

/** The executions that were running, as they stood. Their data stay in the journal until somebody looks at them. */
export function readRunning(options: RecoveryOptions): readonly Live[] {
  return options.journal.running().map((row) => readExecution(options, row));
}

/** An execution as it stood: between two transitions, or where it failed. */
export function readExecution({ journal, machineOf, factsOf }: RecoveryOptions, row: ExecutionRow): Live {
  const last = journal.last(row.id);
  if (last === undefined) throw new Error(`The journal has no transition of execution ${row.id}.`);
  const input = JsonData.lazy(() => journal.input(row.id));
  const texts = new LoadedTexts(journal, row.id, input);
  const threads = foldThreads(journal, last, (place) => texts.load(place));
  const live = new Live(factsOf(row, input), machineOf(row), threads);
  live.lastEvent = last.lastEvent;
  live.transitions = last.number + 1;
  for (const [data, place] of texts.places) live.places.set(data, place);
  return live;
}

/** The threads as they stood after the last transition: most often it tells of all, else those before it are read. */
function foldThreads(
  journal: Journal,
  last: TransitionHead,
  load: (place: TextPlace) => JsonData,
): Iterable<Thread> {
  const read = ({ position, lastEvent }: TransitionHead): ThreadChanges =>
    readThreads(position, lastEvent, load);
  const newest = read(last);
  if (newest.whole) return newest.threads;
  const changes = [newest];
  for (let number = last.number - 1; changes.at(-1)?.whole === false; number -= 1) {
    const head = journal.head(last.execution, number);
    if (head === undefined) throw new Error(`The journal lacks transition ${number} of ${last.execution}.`);
    changes.push(read(head));
  }
  const threads = new Map<number, Thread>();
  for (const { threads: moved, gone } of changes.reverse()) {
    for (const id of gone) threads.delete(id);
    for (const thread of moved) threads.set(thread.id, thread);
  }
  return threads.values();
}

/** Texts of an execution by their places: one piece of data for each, so that they are recognised again. */
class LoadedTexts {
  readonly places = new Map<JsonData, TextPlace>();
  readonly #journal: Journal;
  readonly #execution: number;
  readonly #input: JsonData;
  readonly #loaded = new Map<string, JsonData>();

  constructor(journal: Journal, execution: number, input: JsonData) {
    this.#journal = journal;
    this.#execution = execution;
    this.#input = input;
  }

  load(place: TextPlace): JsonData {
    const [transition, text] = place;
    if (text === executionInput) return this.#input;
    const key = place.join(':');
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const data = JsonData.lazy(() => unpackText(this.#journal.packed(this.#execution, transition), text));
    this.#loaded.set(key, data);
    this.places.set(data, place);
    return data;
  }
}
