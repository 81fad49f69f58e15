import { sha256 } from '../../shared/domain/canonical.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';

/** Chance that repeats: the same seed and name throw the same numbers, whatever others throw meanwhile. */
export class Dice {
  readonly #ids: SeededIds;

  constructor(seed: number, ...name: readonly (string | number)[]) {
    const mixed = Number.parseInt(sha256([seed, ...name].join('/')).slice(0, 8), 16);
    this.#ids = new SeededIds(mixed, { now: () => 0 });
  }

  /** A whole number, bounds included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#ids.random() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)] as T;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const mixed = [...list];
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = this.between(0, last);
      [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
    }
    return mixed;
  }

  /** Four letters or more that nobody else has. */
  word(): string {
    return this.#ids.hex(6);
  }
}
