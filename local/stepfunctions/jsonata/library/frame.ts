import type { Meter } from './meter.ts';

/** The names that one scope of an expression binds. Takes the place of the library's own, which is an object. */
export class Frame {
  readonly #outer: Frame | undefined;
  readonly #meter: Meter;
  #bound: Map<string, unknown> | undefined;
  /** Written by the library, and read by nobody. */
  isParallelCall = false;

  constructor(outer: Frame | null | undefined, meter: Meter) {
    this.#outer = outer ?? undefined;
    this.#meter = meter;
  }

  bind(name: string, value: unknown): void {
    this.#bound ??= new Map();
    this.#bound.set(name, value);
  }

  lookup(name: string): unknown {
    let frame: Frame | undefined = this;
    while (frame !== undefined) {
      const bound = frame.#bound;
      if (bound?.has(name)) return bound.get(name);
      frame = frame.#outer;
      this.#meter.left -= 1;
    }
    return undefined;
  }

  /** What a date without a year is completed from. */
  get timestamp(): Date {
    return new Date(this.#meter.now);
  }

  /** Functions hold the scope that they were made in; messages that quote one do not tell it. */
  toJSON(): undefined {
    return undefined;
  }
}
