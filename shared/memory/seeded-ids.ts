import { UlidSequence } from '../domain/ulid.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';

/** Ids and randomness that repeat with the seed: for tests and simulation. */
export class SeededIds implements Ids {
  #state: number;
  readonly #ulids: UlidSequence;

  constructor(seed: number, clock: Pick<Clock, 'now'>) {
    this.#state = seed | 0;
    this.#ulids = new UlidSequence({ now: () => clock.now(), bits: () => this.#bits() >>> 1 });
  }

  next(prefix: 'run' | 'evt' | 'req' | 'tok' | 'whk'): string {
    return `${prefix}_${this.#ulids.next()}`;
  }

  ulid(): string {
    return this.#ulids.next();
  }

  hex(bytes: number): string {
    let text = '';
    while (text.length < bytes * 2) text += this.#bits().toString(16).padStart(8, '0');
    return text.slice(0, bytes * 2);
  }

  random(): number {
    return this.#bits() / 2 ** 32;
  }

  /** 32 bits of splitmix32, after Guy Steele and others' SplitMix. */
  #bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }
}
