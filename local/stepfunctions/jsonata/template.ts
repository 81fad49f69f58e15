import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { Deferred } from './deferred.ts';
import { compileJsonata } from './expression.ts';
import { expressionText, isExpression } from './expression-text.ts';
import type { JsonataScope } from './scope.ts';

/** Makes the value of a field. Throws `EvaluationFailure` and `Deferred`. */
export interface JsonataTemplate {
  (scope: JsonataScope): Json;
  /** Workflow variables that it refers to, sorted. */
  readonly variables: readonly string[];
}

type Part = (scope: JsonataScope) => Json;

/**
 * Compiles a value of a definition: strings that are expressions are evaluated, wherever they are in it; all else is
 * itself. `field` is how the history names it. Throws `JsonataSyntaxError`.
 */
export function compileJsonataTemplate(value: Json, field: string): JsonataTemplate {
  const variables = new Set<string>();
  const part = compilePart(value, field, variables);
  return Object.assign((scope: JsonataScope) => part(scope), { variables: [...variables].sort() });
}

function compilePart(value: Json, field: string, variables: Set<string>): Part {
  if (typeof value === 'string' && isExpression(value)) {
    const expression = compileJsonata(expressionText(value));
    for (const name of expression.variables) variables.add(name);
    return (scope) => expression.evaluate(scope, field);
  }
  if (value === null || typeof value !== 'object' || !hasExpression(value)) return () => value;
  const parts = Array.isArray(value)
    ? value.map((item: Json, index) => compilePart(item, `${field}[${index}]`, variables))
    : Object.entries(value as JsonObject).map(([name, item]) =>
        compilePart(item, `${field}/${name}`, variables),
      );
  if (Array.isArray(value)) return (scope) => evaluateAll(parts, scope);
  const names = Object.keys(value);
  return (scope) => {
    const values = evaluateAll(parts, scope);
    return Object.fromEntries(names.map((name, index) => [name, values[index] as Json]));
  };
}

function hasExpression(value: Json): boolean {
  if (typeof value === 'string') return isExpression(value);
  return value !== null && typeof value === 'object' && Object.values(value).some(hasExpression);
}

/** In order; what has to be evaluated elsewhere is gathered, so that it can run at once. */
function evaluateAll(parts: readonly Part[], scope: JsonataScope): readonly Json[] {
  const deferred: Deferred[] = [];
  const values: Json[] = [];
  for (const part of parts) {
    try {
      values.push(part(scope));
    } catch (error) {
      if (error instanceof Deferred) deferred.push(error, ...error.others);
      else if (deferred.length === 0) throw error;
    }
  }
  const [first, ...others] = deferred;
  if (first !== undefined) throw first.with(others);
  return values;
}
