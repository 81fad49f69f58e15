import type { Entry, ExecutionRow, Journal, RevisionRow } from '../../local/stepfunctions/journal/journal.ts';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';

/** Decides when (and whether) what was written reaches the disk: calls `flush`, or rejects to be asked again. */
export type Commit = (flush: () => void) => Promise<void>;

/** The engine's disk: survives its process, and can lose executions. */
export class JournalDisk {
  readonly journal = createMemoryJournal();
  readonly #lost = new Set<number>();

  /** As one process sees it. */
  open(commit: Commit): OpenJournal {
    const opened = new Gathering(commit);
    const find: Journal['find'] = (machine, name) => this.#kept(this.journal.find(machine, name));
    const { catalogue, mapRuns } = this.journal;
    const own: Partial<Journal> = {
      catalogue: {
        keep: (kind, key, row) => opened.gather(() => catalogue.keep(kind, key, row)),
        drop: (kind, key) => opened.gather(() => catalogue.drop(kind, key)),
        all: (kind) => catalogue.all(kind),
      },
      mapRuns: over(mapRuns, {
        add: (run) => opened.gather(() => mapRuns.add(run)),
        change: (id, change) => opened.gather(() => mapRuns.change(id, change)),
        addInputs: (run, block) => opened.gather(() => mapRuns.addInputs(run, block)),
        dropInputs: (run) => opened.gather(() => mapRuns.dropInputs(run)),
        addChild: (child) => opened.gather(() => mapRuns.addChild(child)),
      }),
      addRevision: (revision: RevisionRow) => opened.gather(() => this.journal.addRevision(revision)),
      write: (entry: Entry) => opened.gather(() => this.journal.write(entry)),
      settled: () => opened.settled(),
      close: () => opened.settled(),
      running: () => this.running(),
      has: (machine, name) => find(machine, name) !== undefined,
      find,
    };
    return { journal: over(this.journal, own), cut: () => opened.cut() };
  }

  /** What runs and is not forgotten. */
  running(): readonly ExecutionRow[] {
    return this.journal.running().filter((row) => this.#kept(row) !== undefined);
  }

  /** Forgets an execution, as if it had never been started. */
  lose(execution: number): void {
    this.#lost.add(execution);
  }

  #kept(row: ExecutionRow | undefined): ExecutionRow | undefined {
    return row && this.#lost.has(row.id) ? undefined : row;
  }
}

export interface OpenJournal {
  readonly journal: Journal;
  /** The process dies: what has not reached the disk is gone. */
  cut(): void;
}

/** One object in front of another: what it has itself hides what the other has. */
function over<T extends object>(base: T, own: Partial<T>): T {
  return new Proxy(base, {
    get(_, key) {
      const member: unknown = Reflect.get(own, key) ?? Reflect.get(base, key);
      return typeof member === 'function' ? member.bind(base) : member;
    },
  });
}

/** Writes that reach the disk together, some time after they were made. */
class Gathering {
  readonly #commit: Commit;
  #writes: (() => void)[] = [];
  #committing: Promise<void> | undefined;
  #dead = false;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  cut(): void {
    this.#dead = true;
    this.#writes = [];
  }

  gather(write: () => void): void {
    if (this.#dead) return;
    this.#writes.push(write);
    if (!this.#committing) this.#begin();
  }

  async settled(): Promise<void> {
    while (this.#committing) await this.#committing;
  }

  #begin(): void {
    this.#committing = this.#flush();
    this.#committing.catch(() => {});
  }

  async #flush(): Promise<void> {
    try {
      await this.#commit(() => this.#write());
      this.#committing = undefined;
      if (this.#writes.length > 0) this.#begin();
    } catch (error) {
      this.#begin();
      throw error;
    }
  }

  #write(): void {
    const writes = this.#writes;
    this.#writes = [];
    for (const write of writes) write();
  }
}
