import type {
  Entry,
  ExecutionFilter,
  ExecutionRow,
  Journal,
  NewExecutionRow,
  RevisionRow,
  TransitionHead,
  TransitionRow,
} from './journal.ts';
import { MemoryCatalogue } from './memory-catalogue.ts';
import { MemoryMapRuns } from './memory-map-runs.ts';

interface Kept {
  row: ExecutionRow;
  readonly input: string;
  readonly transitions: TransitionRow[];
}

/** A journal that lives as long as the object: for tests and simulation. What is written is settled at once. */
export function createMemoryJournal(): Journal {
  return new MemoryJournal();
}

class MemoryJournal implements Journal {
  readonly catalogue = new MemoryCatalogue();
  readonly mapRuns = new MemoryMapRuns((execution) => this.#executions.get(execution)?.row);
  #revisions: readonly RevisionRow[] = [];
  readonly #executions = new Map<number, Kept>();
  readonly #running = new Set<number>();
  readonly #names = new Map<string, number>();

  addRevision(revision: RevisionRow): void {
    this.#revisions = [...this.#revisions, revision];
  }

  dropRevisions(machine: string): void {
    this.#revisions = this.#revisions.filter((revision) => revision.machine !== machine);
  }

  write({ started, redriven, transition, ending }: Entry): void {
    if (started !== undefined) this.#start(started);
    const kept = this.#kept(transition.execution);
    kept.transitions.push(transition);
    if (redriven !== undefined) {
      kept.row = { ...kept.row, status: 'RUNNING', endedAt: null, redrive: redriven };
      this.#running.add(transition.execution);
    }
    if (ending === undefined) return;
    kept.row = { ...kept.row, status: ending, endedAt: transition.at };
    this.#running.delete(transition.execution);
  }

  async settled(): Promise<void> {}

  revisions(): readonly RevisionRow[] {
    return this.#revisions;
  }

  lastExecution(): number {
    return Math.max(0, ...this.#executions.keys());
  }

  running(): readonly ExecutionRow[] {
    return [...this.#running].map((id) => this.#kept(id).row);
  }

  last(execution: number): TransitionHead | undefined {
    return this.#executions.get(execution)?.transitions.at(-1);
  }

  has(machine: string, name: string): boolean {
    return this.#names.has(key(machine, name));
  }

  find(machine: string, name: string): ExecutionRow | undefined {
    const id = this.#names.get(key(machine, name));
    return id === undefined ? undefined : this.#kept(id).row;
  }

  list(filter: ExecutionFilter): readonly ExecutionRow[] {
    const rows = [...this.#executions.values()].map((kept) => kept.row).reverse();
    return rows.filter((row) => matches(row, filter)).slice(0, filter.limit);
  }

  input(execution: number): string {
    return this.#kept(execution).input;
  }

  packed(execution: number, transition: number): string {
    return this.#executions.get(execution)?.transitions[transition]?.packed ?? '';
  }

  head(execution: number, transition: number): TransitionHead | undefined {
    return this.#executions.get(execution)?.transitions[transition];
  }

  forget(machine: string, prefix: string): void {
    for (const [id, { row, transitions }] of this.#executions) {
      if (row.machine !== machine || !row.name.startsWith(prefix) || row.endedAt === null) continue;
      this.#executions.set(id, { row, input: '{}', transitions: transitions.slice(0, 0) });
    }
  }

  prune(endedBy: number, limit: number): number {
    return this.#drop(({ endedAt, mapRun }) => {
      const awaited = mapRun != null && this.mapRuns.get(mapRun)?.endedAt === null;
      return !awaited && endedAt !== null && endedAt <= endedBy;
    }, limit);
  }

  discard(machine: string, limit: number): number {
    const isOf = (name: string): boolean => name === machine || name.startsWith(`${machine}/`);
    return this.#drop((row) => isOf(row.machine) && row.endedAt !== null, limit);
  }

  async close(): Promise<void> {}

  #drop(which: (row: ExecutionRow) => boolean, limit: number): number {
    const rows = [...this.#executions.values()].map(({ row }) => row);
    const dropped = rows.filter(which).slice(0, limit);
    for (const row of dropped) {
      this.#executions.delete(row.id);
      this.mapRuns.dropOf(row.id);
      this.#names.delete(key(row.machine, row.name));
    }
    return dropped.length;
  }

  #start({ input, ...row }: NewExecutionRow): void {
    const child = { mapRun: null, mapIndex: null, mapItems: null };
    const execution: ExecutionRow = { ...child, ...row, status: 'RUNNING', endedAt: null, redrive: null };
    this.#executions.set(row.id, { row: execution, input, transitions: [] });
    this.#running.add(row.id);
    this.mapRuns.noteStart(row);
    this.#names.set(key(row.machine, row.name), row.id);
  }

  #kept(execution: number): Kept {
    const kept = this.#executions.get(execution);
    if (kept === undefined) throw new Error(`The journal has no execution ${execution}.`);
    return kept;
  }
}

const key = (machine: string, name: string): string => `${machine}/${name}`;

function matches(
  row: ExecutionRow,
  { machine, status, version, alias, mapRun, redriven, before }: ExecutionFilter,
): boolean {
  return (
    row.machine === machine &&
    (before === undefined || row.id < before) &&
    (status === undefined || row.status === status) &&
    (version === undefined || row.version === version) &&
    (alias === undefined || row.alias === alias) &&
    (mapRun === undefined || row.mapRun === mapRun) &&
    (redriven === undefined || (row.redrive !== null) === redriven)
  );
}
