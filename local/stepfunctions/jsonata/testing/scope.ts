import type { Json, JsonObject } from '../../../../shared/domain/json.ts';
import { Deferred } from '../deferred.ts';
import { compileJsonata } from '../expression.ts';
import type { Outcome } from '../outcome.ts';
import type { JsonataScope } from '../scope.ts';

/** A scope made of plain values; what was deferred can be put into `outcomes`. */
export class TestScope implements JsonataScope {
  readonly outcomes = new Map<string, Outcome>();
  readonly #input: Json;
  readonly #variables: JsonObject;
  readonly #random: number;

  constructor(input: Json = {}, variables: JsonObject = {}, random = 0.25) {
    this.#input = input;
    this.#variables = variables;
    this.#random = random;
  }

  states() {
    return { input: this.#input, context: { State: { Name: 'Here' } } };
  }

  variable(name: string): Json | undefined {
    return Object.hasOwn(this.#variables, name) ? this.#variables[name] : undefined;
  }

  now(): number {
    return Date.parse('2024-05-06T07:08:09.010Z');
  }

  random(): number {
    return this.#random;
  }

  uuid(): string {
    return '6f1c8e52-9a57-4a61-8f0c-9a3c5d1e2b34';
  }

  settled(key: string): Outcome | undefined {
    return this.outcomes.get(key);
  }
}

/** The value where nothing has to be deferred. */
export function evaluate(source: string, scope: JsonataScope = new TestScope()): Json {
  return compileJsonata(source).evaluate(scope, 'Output');
}

/** The value, as a runner comes to it: what is deferred is awaited, then all is done again. */
export async function settle<T>(make: (scope: TestScope) => T, scope = new TestScope()): Promise<T> {
  for (;;) {
    try {
      return make(scope);
    } catch (error) {
      if (!(error instanceof Deferred)) throw error;
      const all = [error, ...error.others];
      await Promise.all(all.map(async (one) => scope.outcomes.set(one.key, await one.run())));
    }
  }
}

export function evaluateSettled(source: string, scope = new TestScope()): Promise<Json> {
  return settle((given) => evaluate(source, given), scope);
}
