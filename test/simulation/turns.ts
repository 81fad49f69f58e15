import type { Chooser } from './choosers.ts';

interface Waiting {
  readonly label: string;
  readonly go: () => void;
}

/** Holds back calls until it is their turn: so that somebody decides in which order the calls of many arrive. */
export class Turns {
  readonly #waiting: Waiting[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  turn(label: string): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ label, go });
    });
  }

  /** Lets one of those that wait go on; returns its label, or `undefined` when nobody waits. */
  next(chooser: Chooser): string | undefined {
    if (this.#waiting.length === 0) return undefined;
    const [chosen] = this.#waiting.splice(chooser.pick(this.#waiting.length), 1);
    chosen?.go();
    return chosen?.label;
  }
}

/** Resolves when everything that needs neither a turn nor time has happened. */
export function stillness(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What a call of a dead process is answered. */
export function never<T>(): Promise<T> {
  return new Promise(() => {});
}
