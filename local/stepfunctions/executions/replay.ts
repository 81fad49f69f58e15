import type { Entropy } from './visit.ts';

/** Chance that falls as before when a transition is made again, so that it asks for the same evaluations. */
export class Replay implements Entropy {
  readonly #source: Entropy;
  readonly #drawn: (number | string)[] = [];
  #next = 0;

  constructor(source: Entropy) {
    this.#source = source;
  }

  /** From the first draw on. */
  again(): this {
    this.#next = 0;
    return this;
  }

  /** Bound, as states hand it on. */
  readonly random = (): number => this.#draw(() => this.#source.random()) as number;

  token(execution: number, scheduled: number): string {
    return this.#draw(() => this.#source.token(execution, scheduled)) as string;
  }

  #draw(draw: () => number | string): number | string {
    if (this.#next === this.#drawn.length) this.#drawn.push(draw());
    const drawn = this.#drawn[this.#next];
    this.#next += 1;
    return drawn as number | string;
  }
}
