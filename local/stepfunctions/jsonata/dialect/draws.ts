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
  #numbers = 0;
  #ids = 0;

  constructor(seeds: Seeds) {
    this.#seeds = seeds;
  }

  random(): number {
    const drawn = this.#numbers++;
    if (drawn === 0) return this.#seeds.random;
    const bytes = hash(`${this.#seeds.random} ${this.#seeds.uuid} ${drawn}`);
    return (bytes.readUInt32BE(0) * 2 ** 21 + (bytes.readUInt32BE(4) >>> 11)) / 2 ** 53;
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

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
