import { createHash } from 'node:crypto';

/** What chance gives one evaluation; the same seeds give the same numbers, wherever it runs. */
export interface Seeds {
  /** In [0, 1). */
  readonly random: number;
  /** Version 4. */
  readonly uuid: string;
}

export const noSeeds: Seeds = { random: 0, uuid: '00000000-0000-4000-8000-000000000000' };

/** The first of each is the seed itself; the others follow from it. */
export class Draws {
  readonly #seeds: Seeds;
  #numbers: Numbers | undefined;
  #ids = 0;

  constructor(seeds: Seeds) {
    this.#seeds = seeds;
  }

  random(): number {
    if (this.#numbers !== undefined) return this.#numbers.next();
    this.#numbers = new Numbers(hash(`${this.#seeds.random} ${this.#seeds.uuid}`));
    return this.#seeds.random;
  }

  uuid(): string {
    const drawn = this.#ids++;
    if (drawn === 0) return this.#seeds.uuid;
    const bytes = hash(`${this.#seeds.uuid} ${drawn}`);
    bytes[6] = 0x40 | (bytes.readUInt8(6) & 0x0f);
    bytes[8] = 0x80 | (bytes.readUInt8(8) & 0x3f);
    return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

/** Numbers in [0, 1) that follow from 16 bytes: the generator `sfc32` of PractRand. */
class Numbers {
  readonly #state: Int32Array;

  constructor(seed: Buffer) {
    this.#state = Int32Array.from([0, 4, 8, 12], (at) => seed.readInt32BE(at));
  }

  next(): number {
    return ((this.#word() >>> 0) * 2 ** 21 + (this.#word() >>> 11)) / 2 ** 53;
  }

  #word(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.#state;
    const sum = (a + b + counter) | 0;
    this.#state[0] = b ^ (b >>> 9);
    this.#state[1] = c + (c << 3);
    this.#state[2] = ((c << 21) | (c >>> 11)) + sum;
    this.#state[3] = counter + 1;
    return sum;
  }
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
