import type { AliasRow, Catalogue } from '../journal/catalogue.ts';

/** The aliases of every state machine. */
export class Aliases {
  readonly #catalogue: Catalogue;
  readonly #aliases = new Map<string, Map<string, AliasRow>>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const alias of catalogue.all('alias')) this.#know(alias);
  }

  get(machine: string, name: string): AliasRow | undefined {
    return this.#aliases.get(machine)?.get(name);
  }

  /** By name. */
  list(machine: string): readonly AliasRow[] {
    const aliases = [...(this.#aliases.get(machine)?.values() ?? [])];
    return aliases.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Those that lead to a version. */
  leadingTo(machine: string, version: number): readonly AliasRow[] {
    return this.list(machine).filter(({ routes }) => routes.some((route) => route.version === version));
  }

  /** Adds an alias, or puts it in place of the one of its name. */
  keep(alias: AliasRow): void {
    this.#catalogue.keep('alias', key(alias), alias);
    this.#know(alias);
  }

  drop(alias: AliasRow): void {
    this.#catalogue.drop('alias', key(alias));
    this.#aliases.get(alias.machine)?.delete(alias.name);
  }

  /** Drops them all with their machine. */
  dropAll(machine: string): void {
    for (const alias of this.list(machine)) this.drop(alias);
    this.#aliases.delete(machine);
  }

  #know(alias: AliasRow): void {
    const aliases = this.#aliases.get(alias.machine) ?? new Map<string, AliasRow>();
    this.#aliases.set(alias.machine, aliases.set(alias.name, alias));
  }
}

const key = ({ machine, name }: AliasRow): string => `${machine}:${name}`;

/** The version that an execution gets: each as often as its weight says. `random` is in [0, 1). */
export function routed({ routes }: AliasRow, random: number): number | undefined {
  let below = 0;
  for (const { version, weight } of routes) {
    below += weight;
    if (random * 100 < below) return version;
  }
  return undefined;
}
