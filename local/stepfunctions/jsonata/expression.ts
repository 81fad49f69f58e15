import { createHash } from 'node:crypto';
import type { Json } from '../../../shared/domain/json.ts';
import { Deferred } from './deferred.ts';
import { noSeeds, type Seeds } from './dialect/draws.ts';
import { engine } from './engine.ts';
import { requireValue } from './failure.ts';
import { Stop } from './library/stop.ts';
import type { Node } from './library/syntax-tree.ts';
import type { Outcome } from './outcome.ts';
import type { JsonataScope, States } from './scope.ts';
import { isPlainPath } from './syntax/plain-path.ts';
import { findReferences, type References } from './syntax/references.ts';
import { type Survey, survey } from './syntax/survey.ts';
import { tooLarge } from './syntax-error.ts';

/** Steps that an expression may take where others wait: some milliseconds. */
const inlineSteps = 100_000;

/** What an evaluation costs in any case. */
const startSteps = 100;

/** An expression compiled once and evaluated often. */
export interface JsonataExpression {
  /** As written, without what marks it as an expression. */
  readonly source: string;
  /** Workflow variables that it refers to, sorted. */
  readonly variables: readonly string[];
  /** What a definition may be refused for. */
  readonly references: References;
  /**
   * Its value for a field, which messages name. Throws `EvaluationFailure` where it has none, and `Deferred` where
   * it has to be evaluated on another thread first.
   */
  evaluate(scope: JsonataScope, field: string): Json;
}

/** Throws `JsonataSyntaxError`. */
export function compileJsonata(source: string): JsonataExpression {
  try {
    return new Expression(source, engine().parse(source));
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw error;
  }
}

class Expression implements JsonataExpression {
  readonly source: string;
  readonly variables: readonly string[];
  readonly references: References;
  readonly #tree: Node;
  readonly #survey: Survey;
  /** Names that a workflow variable may be behind. */
  readonly #names: readonly string[];
  readonly #draws: Readonly<Record<keyof Seeds, boolean>>;
  readonly #reads: boolean;
  /** Whether it is known to need another thread. */
  readonly #elsewhere: boolean;

  constructor(source: string, tree: Node) {
    this.source = source;
    this.#tree = tree;
    this.#survey = survey(tree);
    this.references = findReferences(tree);
    const { names, free, patterns } = this.#survey;
    this.#names = [...names].filter((name) => name !== 'states' && name !== '' && name !== '$');
    this.variables = this.#names.filter((name) => free.has(name) && !engine().isFunction(name)).sort();
    this.#draws = { random: names.has('random') || names.has('shuffle'), uuid: names.has('uuid') };
    this.#reads = isPlainPath(tree);
    this.#elsewhere = patterns;
  }

  evaluate(scope: JsonataScope, field: string): Json {
    const seeds = this.#seeds(scope);
    return requireValue(this.#here(scope, seeds) ?? this.#there(scope, seeds), this.source, field);
  }

  /** `undefined` when it takes too long here. */
  #here(scope: JsonataScope, seeds: Seeds): Outcome | undefined {
    const { effort } = scope;
    const steps = Math.min(inlineSteps, effort?.steps ?? inlineSteps);
    if (this.#elsewhere || steps <= 0) return undefined;
    const values = this.#values(scope);
    try {
      return engine().evaluate(this.#tree, {
        values,
        steps,
        patterns: false,
        now: scope.now(),
        seeds,
        reads: this.#reads,
      });
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return undefined;
    } finally {
      if (effort !== undefined) effort.steps -= startSteps + steps - engine().left;
    }
  }

  #there(scope: JsonataScope, seeds: Seeds): Outcome {
    const values = JSON.stringify(Object.fromEntries(this.#values(scope)));
    // Two evaluations that draw are told apart by all that they see, others by what they read.
    const all = seeds === noSeeds ? '' : JSON.stringify(scope.states());
    const key = createHash('sha256')
      .update(JSON.stringify([this.source, values, all]))
      .digest('hex');
    const outcome = scope.settled(key);
    if (outcome !== undefined) return outcome;
    throw new Deferred(key, { source: this.source, values, now: scope.now(), seeds });
  }

  #seeds(scope: JsonataScope): Seeds {
    const { random, uuid } = this.#draws;
    if (!random && !uuid) return noSeeds;
    return {
      random: random ? scope.random() : noSeeds.random,
      uuid: uuid ? scope.uuid() : noSeeds.uuid,
    };
  }

  #values(scope: JsonataScope): readonly (readonly [string, unknown])[] {
    const values: [string, unknown][] = [];
    if (this.#survey.names.has('states')) values.push(['states', this.#states(scope.states())]);
    for (const name of this.#names) {
      const value = scope.variable(name);
      if (value !== undefined) values.push([name, value]);
    }
    return values;
  }

  /** What it reads of `$states`; the rest is not even made. */
  #states(states: States): object {
    const { fields } = this.#survey;
    if (fields === undefined) return { ...states };
    return Object.fromEntries([...fields].map((field) => [field, states[field]]));
  }
}
