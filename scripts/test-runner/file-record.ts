/** A test, suite or file that is not in order. */
export interface Failure {
  /** Names from the outermost suite to the test. */
  readonly name: string;
  /** File and line, relative to the checkout: of the test, which a shared suite may define elsewhere. */
  readonly place: string;
  /** Why, in full. */
  readonly why: string;
}

/** What node:test says of a test or suite when it has ended. */
export interface Result {
  readonly name: string;
  /** How many suites and tests it is inside of. */
  readonly nesting: number;
  readonly place: string;
  readonly isSuite: boolean;
  /** Skipped, or marked as still to do. */
  readonly skipped: boolean;
  readonly failed: boolean;
  /** Why it has failed; `undefined` where that is because of something inside it. */
  readonly why: string | undefined;
}

/** How much is kept of what a file prints, from its end, for when it fails. */
const outputCharacters = 16_000;

/** How one test file has done. */
export class FileRecord {
  /** Relative to the checkout. */
  readonly file: string;
  readonly failures: Failure[] = [];
  passed = 0;
  durationMs = 0;
  output = '';
  /** Lines of the output that name a seed: what it takes to see the same failure again. */
  readonly seeds: string[] = [];
  /** How many tests passed in each outermost suite. */
  readonly suites = new Map<string, number>();
  readonly #names: string[] = [];
  #counted = false;

  constructor(file: string) {
    this.file = file;
  }

  started(name: string, nesting: number): void {
    this.#names.length = nesting;
    this.#names.push(name);
  }

  ended(result: Result): void {
    const why = problemOf(result);
    if (why !== undefined) {
      const name = [...this.#names.slice(0, result.nesting), result.name].join(' › ');
      this.failures.push({ name, place: result.place, why });
    } else if (!result.isSuite && !result.failed) {
      this.passed += 1;
      const [suite] = this.#names;
      if (result.nesting > 0 && suite !== undefined)
        this.suites.set(suite, (this.suites.get(suite) ?? 0) + 1);
    }
  }

  said(text: string): void {
    this.output = (this.output + text).slice(-outputCharacters);
    this.seeds.push(...text.split('\n').filter((line) => /\bseed\b/i.test(line)));
  }

  /** The file has come to its end and told how many tests it had. */
  counted(): void {
    this.#counted = true;
  }

  /** Adds what only the end can tell. */
  close(durationMs: number): void {
    this.durationMs = durationMs;
    if (this.failures.length > 0) return;
    const failure = { name: 'the file', place: this.file };
    if (this.passed === 0) this.failures.push({ ...failure, why: 'It has no tests, or did not run.' });
    else if (!this.#counted) this.failures.push({ ...failure, why: 'It ended before its tests had.' });
  }
}

function problemOf({ skipped, why }: Result): string | undefined {
  return skipped ? 'It is skipped or still to do: a test runs, or it is not there.' : why;
}
