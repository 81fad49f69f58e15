import type { ActivityRow, Catalogue } from '../journal/catalogue.ts';

/** The activities that exist, whether or not anybody works on them. */
export class Activities {
  readonly #catalogue: Catalogue;
  readonly #activities = new Map<string, ActivityRow>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const activity of catalogue.all('activity')) this.#activities.set(activity.name, activity);
  }

  get(name: string): ActivityRow | undefined {
    return this.#activities.get(name);
  }

  /** By name. */
  list(): readonly ActivityRow[] {
    return [...this.#activities.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  add(activity: ActivityRow): void {
    this.#catalogue.keep('activity', activity.name, activity);
    this.#activities.set(activity.name, activity);
  }

  drop(name: string): void {
    this.#catalogue.drop('activity', name);
    this.#activities.delete(name);
  }
}
