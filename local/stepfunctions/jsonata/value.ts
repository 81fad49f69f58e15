import type { Json } from '../../../shared/domain/json.ts';
import type { Effort } from '../data-flow/effort.ts';
import type { Evaluate, Given } from '../definition/fields.ts';
import type { Visit } from '../executions/visit.ts';
import type { Outcome } from './outcome.ts';
import type { JsonataScope, States } from './scope.ts';
import { compileJsonataTemplate, type JsonataTemplate } from './template.ts';

/** A value with expressions in it, which stands in the field `path` of a state. Throws `JsonataSyntaxError`. */
export function compileValue(value: Json, path: string): Evaluate & Pick<JsonataTemplate, 'variables'> {
  const template = compileJsonataTemplate(value, path);
  const evaluate: Evaluate = (visit, given) => template(new VisitScope(visit, given));
  return Object.assign(evaluate, { variables: template.variables });
}

/** What an expression sees of the visit of a state. */
class VisitScope implements JsonataScope {
  readonly #visit: Visit;
  readonly #given: Given;

  constructor(visit: Visit, given: Given) {
    this.#visit = visit;
    this.#given = given;
  }

  states(): States {
    const visit = this.#visit;
    return {
      ...this.#given,
      get context() {
        return visit.context();
      },
    };
  }

  variable(name: string): Json | undefined {
    return this.#visit.variable(name);
  }

  get effort(): Effort {
    return this.#visit.effort;
  }

  now(): number {
    return this.#visit.at;
  }

  random(): number {
    return this.#visit.entropy.random();
  }

  uuid(): string {
    return this.#visit.scope(null).uuid();
  }

  settled(key: string): Outcome | undefined {
    return this.#visit.settled(key) as Outcome | undefined;
  }
}
