import type { Catalogue, VersionRow } from '../journal/catalogue.ts';

/** The published versions of every state machine. */
export class Versions {
  readonly #catalogue: Catalogue;
  readonly #versions = new Map<string, Map<number, VersionRow>>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const version of catalogue.all('version')) this.#know(version);
  }

  get(machine: string, number: number): VersionRow | undefined {
    return this.#versions.get(machine)?.get(number);
  }

  /** The version that a revision was published as. */
  ofRevision(machine: string, revision: number): VersionRow | undefined {
    return this.list(machine).find((version) => version.revision === revision);
  }

  /** Newest first. */
  list(machine: string): readonly VersionRow[] {
    const versions = [...(this.#versions.get(machine)?.values() ?? [])];
    return versions.sort((one, other) => other.number - one.number);
  }

  add(version: VersionRow): void {
    this.#catalogue.keep('version', key(version), version);
    this.#know(version);
  }

  drop(version: VersionRow): void {
    this.#catalogue.drop('version', key(version));
    this.#versions.get(version.machine)?.delete(version.number);
  }

  /** Drops them all with their machine. */
  dropAll(machine: string): void {
    for (const version of this.list(machine)) this.drop(version);
    this.#versions.delete(machine);
  }

  #know(version: VersionRow): void {
    const versions = this.#versions.get(version.machine) ?? new Map<number, VersionRow>();
    this.#versions.set(version.machine, versions.set(version.number, version));
  }
}

const key = ({ machine, number }: VersionRow): string => `${machine}:${number}`;
