import { compileMachine, type Machine } from './definition/machine.ts';
import type { Journal, RevisionRow } from './journal/journal.ts';

/** A state machine as it stands. */
export interface StateMachine {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** What the next execution follows. */
  readonly newest: RevisionRow;
}

/** The state machines, and every revision that executions may still follow. */
export class Machines {
  readonly #journal: Journal;
  readonly #machines = new Map<string, StateMachine>();
  readonly #revisions = new Map<number, RevisionRow>();
  readonly #compiled = new Map<number, Machine>();

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const revision of journal.revisions()) this.#know(revision);
  }

  get(name: string): StateMachine | undefined {
    return this.#machines.get(name);
  }

  /** In the order of their creation. */
  list(): readonly StateMachine[] {
    return [...this.#machines.values()];
  }

  /** Creates a machine or gives it a new revision; does nothing when it is like this already. Throws `DefinitionError`. */
  put({ machine, definition, roleArn, at }: Omit<RevisionRow, 'id'>): StateMachine {
    const known = this.#machines.get(machine);
    if (known?.newest.definition === definition && known.newest.roleArn === roleArn) return known;
    const compiled = compileMachine(definition);
    const revision = { id: this.#revisions.size + 1, machine, definition, roleArn, at };
    this.#journal.addRevision(revision);
    this.#compiled.set(revision.id, compiled);
    return this.#know(revision);
  }

  revision(id: number): RevisionRow {
    const revision = this.#revisions.get(id);
    if (revision === undefined) throw new Error(`The journal has no revision ${id} of a state machine.`);
    return revision;
  }

  /** A revision ready to run; compiled when it is first asked for. */
  compiled(id: number): Machine {
    const known = this.#compiled.get(id);
    if (known !== undefined) return known;
    const machine = compileMachine(this.revision(id).definition);
    this.#compiled.set(id, machine);
    return machine;
  }

  #know(revision: RevisionRow): StateMachine {
    const createdAt = this.#machines.get(revision.machine)?.createdAt ?? revision.at;
    const machine = { name: revision.machine, createdAt, newest: revision };
    this.#revisions.set(revision.id, revision);
    this.#machines.set(revision.machine, machine);
    return machine;
  }
}
