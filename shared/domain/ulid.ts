const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Two characters for each value of ten bits. */
const pairs: readonly string[] = Array.from(
  { length: 1_024 },
  (_, value) => alphabet.charAt(value >> 5) + alphabet.charAt(value & 31),
);

/** Two characters for the low ten bits of a number. */
const pair = (value: number): string => pairs[value & 1_023] as string;

/** The counter fills the last four characters: 20 bits. */
const counterEnd = 1 << 20;

export interface UlidSource {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Ten random bits or more, as a whole number below 2^31. */
  bits(): number;
}

/**
 * ULIDs in lower case (https://github.com/ulid/spec): 48 bits of time, then 60 random bits and a counter of 20 with a
 * random start, so that ids of the same millisecond are in order too. Neighbours can be guessed: an id is no secret.
 */
export class UlidSequence {
  readonly #source: UlidSource;
  #time = -1;
  #head = '';
  #counter = counterEnd;

  constructor(source: UlidSource) {
    this.#source = source;
  }

  /** 26 characters; sorts after every id given before, also when the clock is set back. */
  next(): string {
    const now = this.#source.now();
    if (now > this.#time) this.#start(now);
    else if (this.#counter === counterEnd) this.#start(this.#time + 1);
    const counter = this.#counter;
    this.#counter += 1;
    return this.#head + pair(counter >> 10) + pair(counter);
  }

  #start(time: number): void {
    this.#time = time;
    this.#head = timePart(time);
    for (let index = 0; index < 6; index += 1) this.#head += pair(this.#source.bits());
    // The upper half of the counter stays free: half a million ids a millisecond.
    this.#counter = ((this.#source.bits() & 511) << 10) | (this.#source.bits() & 1_023);
  }
}

/** What ids of this time begin with, and sort after every id of an earlier one. */
export function timePart(time: number): string {
  const high = Math.floor(time / 2 ** 20);
  return (
    pair(high / 2 ** 20) + pair(high >> 10) + pair(high) + pair((time % 2 ** 20) >> 10) + pair(time % 2 ** 10)
  );
}
