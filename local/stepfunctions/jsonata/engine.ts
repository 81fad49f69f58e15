import { Draws, noSeeds, type Seeds } from './dialect/draws.ts';
import { defineDialect } from './dialect/functions.ts';
import { Frame } from './library/frame.ts';
import { type Library, library } from './library/load.ts';
import { Stop } from './library/stop.ts';
import type { Node } from './library/syntax-tree.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { toPlain, withoutMarks } from './plain.ts';
import { JsonataSyntaxError, tooLarge } from './syntax-error.ts';

/** Rounds that reading an expression may take: a second, for the longest that a definition has room for. */
const parseSteps = 100_000_000;

/** What one evaluation is done with. */
export interface Evaluation {
  /** Values by name, `states` among them. */
  readonly values: Iterable<readonly [string, unknown]>;
  readonly steps: number;
  readonly patterns: boolean;
  readonly now: number;
  readonly seeds: Seeds;
  /** Whether it only reads, so that what comes is data already. */
  readonly reads: boolean;
}

/** The language of the service: the library, its dialect, and the chance of the evaluation at hand. */
export class JsonataEngine {
  readonly #library: Library;
  #draws = new Draws(noSeeds);

  constructor() {
    this.#library = library();
    defineDialect(this.#library, () => this.#draws);
  }

  /** Throws `JsonataSyntaxError`. */
  parse(text: string): Node {
    this.#begin({ steps: parseSteps, patterns: true, now: 0, seeds: noSeeds });
    try {
      return this.#library.parse(text);
    } catch (error) {
      throw this.#syntaxError(error);
    }
  }

  /** Throws nothing but `Stop`, for more steps than granted or a pattern where none may run. */
  evaluate(tree: Node, evaluation: Evaluation): Outcome {
    const frame = new Frame(this.#library.root, this.#library.meter);
    for (const [name, value] of evaluation.values) frame.bind(name, value);
    this.#begin(evaluation);
    try {
      const result = this.#library.evaluate(tree, frame);
      const data = evaluation.reads && !this.#library.isFunction(result);
      const value = data ? withoutMarks(result) : toPlain(result, this.#library);
      return value === undefined ? { kind: 'nothing' } : { kind: 'value', value };
    } catch (error) {
      if (error instanceof Stop && (error.reason === 'steps' || error.reason === 'pattern')) throw error;
      return outcomeOf(error, this.#library);
    }
  }

  /** Steps that are left of what the last evaluation was granted. */
  get left(): number {
    return Math.max(this.#library.meter.left, 0);
  }

  isFunction(name: string): boolean {
    return this.#library.root.lookup(name) !== undefined;
  }

  #begin({ steps, patterns, now, seeds }: Omit<Evaluation, 'values' | 'reads'>): void {
    const draws = new Draws(seeds);
    this.#draws = draws;
    this.#library.meter.begin({ steps, patterns, now, random: () => draws.random() });
  }

  #syntaxError(error: unknown): JsonataSyntaxError {
    if (error instanceof Stop || error instanceof RangeError) return tooLarge();
    this.#library.explain(error as object);
    const { message, position } = error as { readonly message?: unknown; readonly position?: unknown };
    return new JsonataSyntaxError(String(message), typeof position === 'number' ? position : undefined);
  }
}

let shared: JsonataEngine | undefined;

/** Made when an expression is first compiled: most processes never need it. */
export function engine(): JsonataEngine {
  shared ??= new JsonataEngine();
  return shared;
}
