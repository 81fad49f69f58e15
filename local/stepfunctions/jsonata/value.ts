import type { Json } from '../../../shared/domain/json.ts';
import { PathSyntaxError } from '../data-flow/reference-path.ts';
import type { Evaluate } from '../definition/fields.ts';

/** Whether a text of a definition in JSONata is an expression. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}');
}

/** An expression without its marks, as messages show it. */
export function expressionText(text: string): string {
  return isExpression(text) ? text.slice(2, -2).trim() : text;
}

/** A value with expressions in it, which stands in the field `path` of a state. Throws `PathSyntaxError`. */
export function compileValue(value: Json, path: string): Evaluate {
  if (typeof value === 'string' && isExpression(value)) {
    throw new PathSyntaxError(`Expressions are not supported: ${path}`);
  }
  return () => value;
}
