import type { Json } from '../../../../shared/domain/json.ts';
import type { Budget } from './budget.ts';
import { equalJson } from './equal.ts';

type Value = Json | undefined;

/** Compares what two operands of a filter name; `undefined` where one names nothing. */
export type Operator = (left: Value, right: Value, budget: Budget) => boolean;

const identical: Operator = (left, right, budget) =>
  left !== undefined && right !== undefined && equalJson(left, right, (nodes) => budget.spend(nodes));

const same: Operator = (left, right, budget) => identical(left, right, budget) || sameNumber(left, right);

/** Digits of a number in a string. */
const maxDigits = 40;

/** A number equals a string that spells it. */
function sameNumber(left: Value, right: Value): boolean {
  const [number, text] = typeof left === 'number' ? [left, right] : [right, left];
  if (typeof number !== 'number' || typeof text !== 'string') return false;
  return text.length <= maxDigits && text.trim() !== '' && Number(text) === number;
}

/** Numbers with numbers, strings with strings; nothing else has an order. */
const ordered =
  (holds: (left: string | number, right: string | number) => boolean): Operator =>
  (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left, right);
    return typeof left === 'string' && typeof right === 'string' && holds(left, right);
  };

const isList = (value: Value): value is readonly Json[] => Array.isArray(value);

const has = (list: readonly Json[], item: Value, budget: Budget): boolean =>
  list.some((other) => same(other, item, budget));

const ofLists =
  (holds: (left: readonly Json[], right: readonly Json[], budget: Budget) => boolean): Operator =>
  (left, right, budget) =>
    isList(left) && isList(right) && holds(left, right, budget);

const within: Operator = (left, right, budget) =>
  left !== undefined && isList(right) && has(right, left, budget);

/** Characters that are searched in the time that a node is looked at. */
const charactersPerVisit = 100;

const contains: Operator = (left, right, budget) => {
  if (isList(left)) return has(left, right, budget);
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  budget.spend(Math.ceil(left.length / charactersPerVisit));
  return left.includes(right);
};

function size(value: Value, budget: Budget): number | undefined {
  if (typeof value === 'string' || isList(value)) return value.length;
  if (typeof value !== 'object' || value === null) return undefined;
  const names = Object.keys(value).length;
  budget.spend(names);
  return names;
}

const not =
  (operator: Operator): Operator =>
  (left, right, budget) =>
    !operator(left, right, budget);

/** Of filters, by how they are written. Regular expressions (`=~`) are not taken. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['==', same],
  ['!=', not(same)],
  ['===', identical],
  ['!==', not(identical)],
  ['<', ordered((left, right) => left < right)],
  ['<=', ordered((left, right) => left <= right)],
  ['>', ordered((left, right) => left > right)],
  ['>=', ordered((left, right) => left >= right)],
  ['in', within],
  ['nin', not(within)],
  ['subsetof', ofLists((left, right, budget) => left.every((item) => has(right, item, budget)))],
  ['anyof', ofLists((left, right, budget) => left.some((item) => has(right, item, budget)))],
  ['noneof', ofLists((left, right, budget) => !left.some((item) => has(right, item, budget)))],
  ['contains', contains],
  ['size', (left, right, budget) => typeof right === 'number' && size(left, budget) === right],
  ['empty', (left, right, budget) => typeof right === 'boolean' && (size(left, budget) === 0) === right],
]);
