import { randomFillSync } from 'node:crypto';
import { UlidSequence } from '../domain/ulid.ts';
import type { Ids } from '../ports/ids.ts';

/** Bytes drawn from the system at a time: a draw costs more than what it brings. */
const poolBytes = 4_096;

/** Ids and randomness of the system. */
export class SystemIds implements Ids {
  readonly #pool = Buffer.alloc(poolBytes);
  #used = poolBytes;
  readonly #ulids: UlidSequence;

  constructor(now: () => number = Date.now) {
    this.#ulids = new UlidSequence({ now, bits: () => this.#take(2).readUInt16LE() });
  }

  next(prefix: 'run' | 'evt' | 'req' | 'tok' | 'whk'): string {
    return `${prefix}_${this.#ulids.next()}`;
  }

  ulid(): string {
    return this.#ulids.next();
  }

  hex(bytes: number): string {
    return this.#take(bytes).toString('hex');
  }

  random(): number {
    // 53 bits: what a number holds exactly.
    const bits = this.#take(8).readBigUInt64LE() >> 11n;
    return Number(bits) / 2 ** 53;
  }

  /** Bytes that nobody else is given; valid until the next call. */
  #take(bytes: number): Buffer {
    if (bytes > poolBytes) return randomFillSync(Buffer.alloc(bytes));
    if (this.#used + bytes > poolBytes) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    this.#used += bytes;
    return this.#pool.subarray(this.#used - bytes, this.#used);
  }
}
