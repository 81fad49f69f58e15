import type { Json } from '../../../shared/domain/json.ts';
import { EvaluationFailure, runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Fields, NumberRange } from './fields.ts';

/**
 * A field of one text or number, as the state sees it when it runs; `undefined` where it is not given. `input`: the
 * state's, filtered.
 */
export type Scalar<T> = (visit: Visit, input: Json) => T | undefined;

/** A text: in JSONPath also as `…Path`, which may be an intrinsic; in JSONata also as an expression. */
export function readText(fields: Fields, name: string): Scalar<string> {
  const found = readDynamic(fields, name, {
    expected: 'string',
    accepts: (value): value is string => typeof value === 'string',
    absent: (source, input) =>
      `The JSONPath '${source}' specified for the field '${name}Path' could not be found in the input '${shown(input)}'`,
    refuse: (source, value) =>
      `The JSONPath '${source}' specified for the field '${name}Path' must return a string, but returned '${shown(value)}'`,
  });
  if (found !== undefined) return found;
  const fixed = fields.text(name);
  return () => fixed;
}

/** A number, in the same forms. A text of digits that a path leads to counts as the number. */
export function readNumber(fields: Fields, name: string, range: NumberRange): Scalar<number> {
  const { min, max, fractions = false } = range;
  const isNumber = (value: Json): value is number =>
    typeof value === 'number' && (fractions || Number.isInteger(value));
  const found = readDynamic(fields, name, {
    expected: 'number',
    accepts: (value): value is number => isNumber(value) && value >= min && value <= max,
    refuse: (source, value, read) => {
      if (isNumber(read)) return outOfRange(name, range, read);
      const text = typeof value === 'string' ? value : shown(value);
      const kind = fractions ? 'float' : 'integer';
      return `The ${name}Path field refers to value "${text}" which is not a valid ${kind}: ${source}`;
    },
    convert: (value) => (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value),
  });
  if (found !== undefined) return found;
  const fixed = fields.number(name, range);
  return () => fixed;
}

function outOfRange(name: string, { min, max }: NumberRange, value: number): string {
  if (min === 0 && value < 0 && max > 100) return `${name} cannot be negative.`;
  return `${name} must be between ${min} and ${max}.`;
}

interface Kind<T extends Json> {
  /** In the words of JSONata. */
  readonly expected: string;
  accepts(value: Json): value is T;
  /** What is wrong when a path leads nowhere, where it is told in words of its own. */
  absent?(source: string, input: Json): string;
  /** What is wrong with what a path leads to. */
  refuse(source: string, value: Json, converted: Json): string;
  convert?(value: Json): Json;
}

function readDynamic<T extends Json>(fields: Fields, name: string, kind: Kind<T>): Scalar<T> | undefined {
  return fields.language === 'JSONata' ? readExpression(fields, name, kind) : readPath(fields, name, kind);
}

function readExpression<T extends Json>(fields: Fields, name: string, kind: Kind<T>): Scalar<T> | undefined {
  const expression = fields.expression(name);
  if (expression === undefined) return undefined;
  return (visit, input) => {
    const found = expression(visit, { input });
    if (kind.accepts(found)) return found;
    const [field, source] = [fields.fieldPath(name), fields.source(name)];
    if (typeof found !== kind.expected) throw EvaluationFailure.type(field, source, kind.expected, found);
    throw EvaluationFailure.of(field, source, `returned a value out of range: ${shown(found)}`);
  };
}

function readPath<T extends Json>(fields: Fields, name: string, kind: Kind<T>): Scalar<T> | undefined {
  const field = `${name}Path`;
  fields.exclusive(name, field);
  const read = fields.dynamicPath(field, kind.absent);
  if (read === undefined) return undefined;
  return (visit, input) => {
    const raw = read(visit, { input });
    const found = kind.convert?.(raw) ?? raw;
    if (kind.accepts(found)) return found;
    throw runtimeFailure(kind.refuse(fields.source(field), raw, found));
  };
}

const shown = (value: Json): string => JSON.stringify(value);
