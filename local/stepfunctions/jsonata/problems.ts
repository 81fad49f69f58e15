import type { Json } from '../../../shared/domain/json.ts';
import { compileJsonata } from './expression.ts';
import { expressionText, isExpression } from './expression-text.ts';
import type { References } from './syntax/references.ts';
import { JsonataSyntaxError } from './syntax-error.ts';

/** Why the service does not accept an expression. */
export interface JsonataProblem {
  readonly code: 'INVALID_JSONATA_EXPRESSION' | 'UNSUPPORTED_JSONATA_EXPRESSION';
  readonly message: string;
  /** Where it lies in the value: `/total[0]`; empty for the value itself. */
  readonly path: string;
}

/** Which fields `$states` has, beside those that it always has, where a value is evaluated. */
export interface Offered {
  readonly result: boolean;
  readonly errorOutput: boolean;
}

/** What the service refuses a value of a definition for, in the order in which it is written. */
export function jsonataProblems(value: Json, offered: Offered, path = ''): readonly JsonataProblem[] {
  if (typeof value === 'string') return isExpression(value) ? ofExpression(value, offered, path) : [];
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) => jsonataProblems(item, offered, `${path}[${index}]`));
  return Object.entries(value).flatMap(([name, item]) => jsonataProblems(item, offered, `${path}/${name}`));
}

function ofExpression(text: string, offered: Offered, path: string): readonly JsonataProblem[] {
  try {
    const { references } = compileJsonata(expressionText(text));
    return complaints(references, offered).map((message) => ({
      code: 'UNSUPPORTED_JSONATA_EXPRESSION',
      message,
      path,
    }));
  } catch (error) {
    if (!(error instanceof JsonataSyntaxError)) throw error;
    return [{ code: 'INVALID_JSONATA_EXPRESSION', message: error.message, path }];
  }
}

function complaints({ top, root, states }: References, offered: Offered): readonly string[] {
  const absent = (['result', 'errorOutput'] as const).filter((name) => states.has(name) && !offered[name]);
  return [
    ...top.map((name) => `Reference to '${name}' at the top level is not supported.`),
    ...(root ? ["Reference to '$$' is not supported."] : []),
    ...absent.map((name) => `Field '$states.${name}' does not exist.`),
  ];
}
