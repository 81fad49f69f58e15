import type { Catalogue, Tag } from '../journal/catalogue.ts';

/** Tags of a resource in all; AWS takes no more. */
export const maxTags = 50;

/** The tags of state machines and activities. */
export class Tags {
  readonly #catalogue: Catalogue;
  readonly #tags = new Map<string, readonly Tag[]>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
    for (const { resource, tags } of catalogue.all('tags')) this.#tags.set(resource, tags);
  }

  /** In the order in which their keys were first given. */
  of(resource: string): readonly Tag[] {
    return this.#tags.get(resource) ?? [];
  }

  /** Adds tags in place of those of the same keys; `false`, and nothing is done, if those were too many. */
  add(resource: string, given: readonly Tag[]): boolean {
    const merged = new Map(this.of(resource).map(({ key, value }) => [key, value]));
    for (const { key, value } of given) merged.set(key, value);
    if (merged.size > maxTags) return false;
    if (given.length > 0) this.#keep(resource, merged);
    return true;
  }

  remove(resource: string, keys: readonly string[]): void {
    const left = new Map(this.of(resource).map(({ key, value }) => [key, value]));
    for (const key of keys) left.delete(key);
    this.#keep(resource, left);
  }

  /** Drops them all with their resource. */
  drop(resource: string): void {
    if (!this.#tags.delete(resource)) return;
    this.#catalogue.drop('tags', resource);
  }

  #keep(resource: string, byKey: ReadonlyMap<string, string>): void {
    const tags = [...byKey].map(([key, value]) => ({ key, value }));
    this.#tags.set(resource, tags);
    this.#catalogue.keep('tags', resource, { resource, tags });
  }
}

export const machineResource = (name: string): string => `stateMachine:${name}`;
export const activityResource = (name: string): string => `activity:${name}`;
