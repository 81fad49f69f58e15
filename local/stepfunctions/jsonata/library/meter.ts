import { Stop } from './stop.ts';

/** Characters of a string that an expression may hold, as measured of the service: 2^22 pass, 2^23 do not. */
const maxChars = 6_990_256;
/** Elements of an array, counted as eight bytes each against the same limit. */
export const maxItems = 873_782;
/** How deep evaluation may nest, as measured of the service. */
const maxDepth = 100;
/** Characters of a timestamp beyond which the library's pattern for them takes too long to fail. */
const briefLength = 40;
/** Characters of a number's picture, and of the words that its options bring in. */
const pictureLength = 256;
const optionLength = 16;
/** Characters of a value that a message quotes. */
const quoteLength = 8_192;

/** What one evaluation is granted. */
export interface Grant {
  /** Rounds of loops, calls, and what amounts to them: some ten nanoseconds each. */
  readonly steps: number;
  /** Whether regular expressions may run: not where others wait. */
  readonly patterns: boolean;
  /** Milliseconds since the epoch that `$now()` tells. */
  readonly now: number;
  random(): number;
}

const idle: Grant = { steps: Number.POSITIVE_INFINITY, patterns: true, now: 0, random: () => 0 };

/** Counts what the library does. The edited text calls it at every step and before everything that could be large. */
export class Meter {
  /** Steps that are left. */
  left = Number.POSITIVE_INFINITY;
  #depth = 0;
  #grant: Grant = idle;

  begin(grant: Grant): void {
    this.#grant = grant;
    this.left = grant.steps;
    this.#depth = 0;
  }

  get now(): number {
    return this.#grant.now;
  }

  random(): number {
    return this.#grant.random();
  }

  exhausted(): never {
    throw new Stop('steps');
  }

  tick(steps: number): void {
    this.left -= steps;
    if (this.left < 0) this.exhausted();
  }

  enter(): void {
    this.left -= 8;
    if (this.left < 0) this.exhausted();
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new Stop('depth');
  }

  exit(result: unknown): void {
    this.#depth -= 1;
    if (Array.isArray(result) && result.length > maxItems) throw new Stop('memory');
  }

  /** Room for an array of that many elements. */
  items(count: number): void {
    if (count > maxItems) throw new Stop('memory');
    this.tick(count / 8);
  }

  /** Room for a string of that many characters. */
  chars(count: number): void {
    if (count > maxChars) throw new Stop('memory');
    this.tick(count / 32);
  }

  /** A value on its way into JSON text, or held against another. */
  text(value: unknown): void {
    if (typeof value === 'string') this.chars(value.length);
    else this.left -= 8;
  }

  /** What a function of the library is given to go through. */
  taken(values: readonly unknown[]): void {
    for (const value of values)
      if (typeof value === 'string' || Array.isArray(value)) this.tick(value.length / 8);
  }

  push(target: unknown[], value: unknown): void {
    this.tick(1);
    target.push(value);
  }

  /** What a function of the library made. */
  made<T>(result: T): T {
    if (typeof result === 'string') this.chars(result.length);
    else if (Array.isArray(result)) this.items(result.length);
    return result;
  }

  join(strings: readonly string[], separator: string): string {
    let total = 0;
    for (const text of strings) {
      total += text.length + separator.length;
      if (total > maxChars + separator.length) throw new Stop('memory');
    }
    this.tick(strings.length + total / 32);
    return strings.join(separator);
  }

  /** Stable, in the order in which the library compares; `after` tells whether the first belongs after the second. */
  sort<T>(list: readonly T[], after: (left: T, right: T) => boolean): T[] {
    if (list.length <= 1) return [...list];
    const middle = Math.floor(list.length / 2);
    return this.#merge(this.sort(list.slice(0, middle), after), this.sort(list.slice(middle), after), after);
  }

  #merge<T>(left: readonly T[], right: readonly T[], after: (left: T, right: T) => boolean): T[] {
    const merged: T[] = [];
    let taken = 0;
    for (const candidate of right) {
      while (taken < left.length && !after(left[taken] as T, candidate)) merged.push(left[taken++] as T);
      merged.push(candidate);
    }
    this.tick(left.length + right.length);
    return merged.concat(left.slice(taken));
  }

  /** Asks whether a regular expression may run. */
  pattern(): void {
    if (!this.#grant.patterns) throw new Stop('pattern');
  }

  /** The signature of a function that an expression defines: it becomes a regular expression. */
  signature<T>(signature: T): T {
    if (signature !== undefined) this.pattern();
    return signature;
  }

  /** A text that the pattern of timestamps is held against. */
  brief(text: string): string {
    if (text.length > briefLength) this.pattern();
    return text;
  }

  /** How a number is to be written: made of short words, or nobody can tell how long it takes. */
  picture(picture: string, options: unknown): void {
    const words = Object.values(options ?? {});
    const short = words.every((word) => String(word).length <= optionLength);
    if (picture.length > pictureLength || !short) this.pattern();
  }

  /** A value as a message quotes it. */
  quote(value: unknown): string | undefined {
    let room = quoteLength;
    const measured = (key: string, part: unknown): unknown => {
      room -= key.length + (typeof part === 'string' ? part.length : 4);
      if (room < 0) throw new Stop('memory');
      return part;
    };
    try {
      return JSON.stringify(value, measured);
    } catch {
      return '…';
    }
  }
}
