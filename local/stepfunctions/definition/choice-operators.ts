import type { Json } from '../../../shared/domain/json.ts';
import { parseInstant } from '../data-flow/timestamp.ts';
import { compileStringPattern } from './string-pattern.ts';

export type Test = (value: Json) => boolean;

/** Compares two values of one type; of any other type, it does not hold. */
export interface Comparison {
  /** Whether a definition may name this operand. */
  accepts(operand: Json): boolean;
  holds(value: Json, operand: Json): boolean;
}

/** Operators without operand. `IsPresent` asks about the path, not its value, and is answered by the rule. */
export const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['IsNull', (value) => value === null],
  ['IsPresent', () => true],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsString', (value) => typeof value === 'string'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', (value) => timestamp(value) !== undefined],
]);

type Ordered = string | number | bigint;
type Read = (value: Json) => Ordered | undefined;

const orders: Readonly<Record<string, (left: Ordered, right: Ordered) => boolean>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right,
};

const families: Readonly<Record<string, Read>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Numeric: (value) => (typeof value === 'number' ? value : undefined),
  Timestamp: timestamp,
};

function timestamp(value: Json): bigint | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

const booleanEquals: Comparison = {
  accepts: (operand) => typeof operand === 'boolean',
  holds: (value, operand) => typeof value === 'boolean' && value === operand,
};

const stringMatches: Comparison = {
  accepts: (operand) => typeof operand === 'string',
  holds: (value, operand) =>
    typeof value === 'string' && typeof operand === 'string' && compileStringPattern(operand).test(value),
};

/** Operators with an operand, by name; each but `StringMatches` has a `…Path` form as well. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['BooleanEquals', booleanEquals],
  ['StringMatches', stringMatches],
  ...Object.entries(families).flatMap(([family, read]) =>
    Object.entries(orders).map(
      ([order, ordered]) => [`${family}${order}`, comparison(read, ordered)] as const,
    ),
  ),
]);

function comparison(read: Read, ordered: (left: Ordered, right: Ordered) => boolean): Comparison {
  return {
    accepts: (operand) => read(operand) !== undefined,
    holds(value, operand) {
      const left = read(value);
      const right = read(operand);
      return left !== undefined && right !== undefined && ordered(left, right);
    },
  };
}
