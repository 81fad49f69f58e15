import { type Family, labelsOf, type Sample } from './family.ts';

export interface CounterOptions {
  /** Ends with `_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Keys that are there from the start, with 0: what never happened is told as well. */
  readonly keys?: readonly string[];
}

/** What only grows, by the values of its labels. */
export class Counter implements Family {
  readonly type = 'counter';
  readonly name: string;
  readonly help: string;
  readonly #labels: readonly string[];
  readonly #values: Map<string, number>;

  constructor({ name, help, labels = [], keys = labels.length === 0 ? [''] : [] }: CounterOptions) {
    this.name = name;
    this.help = help;
    this.#labels = labels;
    this.#values = new Map(keys.map((key) => [key, 0]));
  }

  /** `key`: the values of the labels, joined by the separator. */
  add(key = '', by = 1): void {
    this.#values.set(key, (this.#values.get(key) ?? 0) + by);
  }

  samples(): Sample[] {
    return [...this.#values].map(([key, value]) => ({ labels: labelsOf(this.#labels, key), value }));
  }
}
