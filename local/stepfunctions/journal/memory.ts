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
  readonly #revisions: RevisionRow[] = [];
  readonly #executions = new Map<number, Kept>();
  readonly #running = new Set<number>();
  readonly #names = new Map<string, number>();

  addRevision(revision: RevisionRow): void {
    this.#revisions.push(revision);
  }

  write({ started, transition, ending }: Entry): void {
    if (started !== undefined) this.#start(started);
    const kept = this.#kept(transition.execution);
    kept.transitions.push(transition);
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

  list({
    machine,
    status,
    before = Number.POSITIVE_INFINITY,
    limit,
  }: ExecutionFilter): readonly ExecutionRow[] {
    const rows = [...this.#executions.values()].map((kept) => kept.row).reverse();
    const matches = (row: ExecutionRow): boolean =>
      row.machine === machine && row.id < before && (status === undefined || row.status === status);
    return rows.filter(matches).slice(0, limit);
  }

  input(execution: number): string {
    return this.#kept(execution).input;
  }

  packed(execution: number, transition: number): string {
    return this.#kept(execution).transitions[transition]?.packed ?? '';
  }

  transitions(execution: number): readonly TransitionHead[] {
    return this.#kept(execution).transitions;
  }

  forget(machine: string, prefix: string): void {
    for (const [id, { row, transitions }] of this.#executions) {
      if (row.machine !== machine || !row.name.startsWith(prefix) || row.endedAt === null) continue;
      this.#executions.set(id, { row, input: '{}', transitions: transitions.slice(0, 0) });
    }
  }

  prune(endedBy: number, limit: number): number {
    const ended = [...this.#executions.values()].filter(
      ({ row }) => row.endedAt !== null && row.endedAt <= endedBy,
    );
    for (const { row } of ended.slice(0, limit)) {
      this.#executions.delete(row.id);
      this.#names.delete(key(row.machine, row.name));
    }
    return Math.min(ended.length, limit);
  }

  async close(): Promise<void> {}

  #start({ input, ...row }: NewExecutionRow): void {
    const execution: ExecutionRow = { ...row, status: 'RUNNING', endedAt: null };
    this.#executions.set(row.id, { row: execution, input, transitions: [] });
    this.#running.add(row.id);
    this.#names.set(key(row.machine, row.name), row.id);
  }

  #kept(execution: number): Kept {
    const kept = this.#executions.get(execution);
    if (kept === undefined) throw new Error(`The journal has no execution ${execution}.`);
    return kept;
  }
}

const key = (machine: string, name: string): string => `${machine}/${name}`;
