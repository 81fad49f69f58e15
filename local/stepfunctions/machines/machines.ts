import { randomUuid } from '../data-flow/uuid.ts';
import { compileMachine, type Machine } from '../definition/machine.ts';
import type { MachineRow, MachineType, VersionRow } from '../journal/catalogue.ts';
import type { Journal, MachineSettings, RevisionRow } from '../journal/journal.ts';
import { Aliases, routed } from './aliases.ts';
import { machineResource, Tags } from './tags.ts';
import { Versions } from './versions.ts';

/** A state machine as it stands. */
export interface StateMachine extends MachineRow {
  /** What the next execution follows. */
  readonly newest: RevisionRow;
}

/** What a state machine is created of. */
export interface MachineDraft {
  readonly machine: string;
  readonly type?: MachineType;
  /** Amazon States Language, JSON text. */
  readonly definition: string;
  readonly roleArn: string;
  readonly settings?: MachineSettings;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What is to be different from now on; the rest stays. */
export interface MachineChange {
  readonly definition?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly settings?: MachineSettings;
  readonly at: number;
}

/** What an execution is started by: a revision, and the version and the alias that led to it. */
export interface Start {
  readonly revision: number;
  readonly version: number | null;
  readonly alias: string | null;
}

/** The state machines, and every revision that executions may still follow. */
export class Machines {
  readonly versions: Versions;
  readonly aliases: Aliases;
  readonly tags: Tags;
  readonly #journal: Journal;
  readonly #random: () => number;
  readonly #machines = new Map<string, StateMachine>();
  readonly #revisions = new Map<number, RevisionRow>();
  readonly #compiled = new Map<number, Machine>();
  #lastRevision = 0;

  /** `random` gives numbers in [0, 1). */
  constructor(journal: Journal, random: () => number) {
    this.#journal = journal;
    this.#random = random;
    this.versions = new Versions(journal.catalogue);
    this.aliases = new Aliases(journal.catalogue);
    this.tags = new Tags(journal.catalogue);
    const newest = new Map<string, RevisionRow>();
    for (const revision of journal.revisions()) {
      this.#know(revision);
      newest.set(revision.machine, revision);
    }
    for (const row of journal.catalogue.all('machine')) {
      const revision = newest.get(row.name);
      if (revision !== undefined) this.#machines.set(row.name, { ...row, newest: revision });
    }
  }

  get(name: string): StateMachine | undefined {
    return this.#machines.get(name);
  }

  /** By name. */
  list(): readonly StateMachine[] {
    return [...this.#machines.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Creates a machine or gives it a new revision; does nothing when it is like this already. Throws `DefinitionError`. */
  put(draft: MachineDraft): StateMachine {
    const { machine, definition, roleArn, at } = draft;
    if (!this.#machines.has(machine)) return this.create(draft);
    return this.update(machine, { definition, roleArn, at });
  }

  /** Creates a machine of a name that is free. Throws `DefinitionError`. */
  create({ machine, type = 'STANDARD', definition, roleArn, settings = {}, at }: MachineDraft): StateMachine {
    const revision = { machine, definition, roleArn, settings, revisionId: undefined, at };
    const newest = this.#revise(type, revision);
    return this.#keep({ name: machine, type, createdAt: at, status: 'ACTIVE', lastVersion: 0, newest });
  }

  /** Gives a machine a new revision, unless nothing changes. Throws `DefinitionError`. */
  update(name: string, { definition, roleArn, settings, at }: MachineChange): StateMachine {
    const machine = this.#known(name);
    const { newest } = machine;
    const changed = {
      machine: name,
      definition: definition ?? newest.definition,
      roleArn: roleArn ?? newest.roleArn,
      settings: { ...newest.settings, ...settings },
    };
    if (isLike(newest, changed)) return machine;
    const revision = { ...changed, revisionId: randomUuid(this.#random), at };
    const updated = { ...machine, newest: this.#revise(machine.type, revision) };
    this.#machines.set(name, updated);
    return updated;
  }

  /** Publishes the newest revision; answers the version that it is already. */
  publish(name: string, { description, at }: { description?: string | undefined; at: number }): VersionRow {
    const machine = this.#known(name);
    const published = this.versions.ofRevision(name, machine.newest.id);
    if (published !== undefined) return published;
    const number = machine.lastVersion + 1;
    const version = { machine: name, number, revision: machine.newest.id, description, publishedAt: at };
    this.versions.add(version);
    this.#keep({ ...machine, lastVersion: number });
    return version;
  }

  /**
   * What an execution follows that is started by the machine's name alone or with a version's number or an alias behind
   * it; `undefined` if there is none of that name.
   */
  start(name: string, qualifier: string | undefined): Start | undefined {
    const machine = this.#machines.get(name);
    if (machine === undefined) return undefined;
    if (qualifier === undefined) return { revision: machine.newest.id, version: null, alias: null };
    const alias = this.aliases.get(name, qualifier);
    const number = alias === undefined ? numberOf(qualifier) : routed(alias, this.#random());
    const version = number === undefined ? undefined : this.versions.get(name, number);
    return version && { revision: version.revision, version: version.number, alias: alias?.name ?? null };
  }

  /** From now on nothing is started by it, and nobody changes it. */
  beginDeletion(name: string): void {
    this.#keep({ ...this.#known(name), status: 'DELETING' });
    this.aliases.dropAll(name);
    this.versions.dropAll(name);
    this.tags.drop(machineResource(name));
  }

  /** Forgets a machine of which no execution is left. */
  remove(name: string): void {
    this.#journal.dropRevisions(name);
    this.#journal.catalogue.drop('machine', name);
    this.#machines.delete(name);
    for (const { id, machine } of this.#revisions.values()) {
      if (machine !== name) continue;
      this.#revisions.delete(id);
      this.#compiled.delete(id);
    }
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
    const machine = compileMachine(this.revision(id).definition, { accepted: true });
    this.#compiled.set(id, machine);
    return machine;
  }

  #known(name: string): StateMachine {
    const machine = this.#machines.get(name);
    if (machine === undefined) throw new Error(`There is no state machine '${name}'.`);
    return machine;
  }

  #revise(type: MachineType, row: Omit<RevisionRow, 'id'>): RevisionRow {
    const compiled = compileMachine(row.definition, { type });
    const revision = { id: this.#lastRevision + 1, ...row };
    this.#journal.addRevision(revision);
    this.#know(revision);
    this.#compiled.set(revision.id, compiled);
    return revision;
  }

  #know(revision: RevisionRow): void {
    this.#revisions.set(revision.id, revision);
    this.#lastRevision = Math.max(this.#lastRevision, revision.id);
  }

  #keep(machine: StateMachine): StateMachine {
    const { newest: _, ...row } = machine;
    this.#journal.catalogue.keep('machine', row.name, row);
    this.#machines.set(row.name, machine);
    return machine;
  }
}

type Content = Pick<RevisionRow, 'definition' | 'roleArn' | 'settings'>;

/** Settings compare by their text: they are kept in one order of fields. */
function isLike(one: Content, other: Content): boolean {
  return (
    one.definition === other.definition &&
    one.roleArn === other.roleArn &&
    JSON.stringify(one.settings) === JSON.stringify(other.settings)
  );
}

function numberOf(qualifier: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(qualifier) ? Number(qualifier) : undefined;
}
