import type { Json } from '../../../shared/domain/json.ts';
import type { Path } from '../data-flow/path.ts';
import type { Scope } from '../data-flow/scope.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import { comparisons, type Test, tests } from './choice-operators.ts';
import type { Fields } from './fields.ts';

/** Whether a choice rule applies to what a state sees. */
export type Condition = (scope: Scope) => boolean;

/** Rules within each other. */
const maxDepth = 64;

/** Compiles a choice rule: `And`, `Or`, `Not`, or a `Variable` with one comparison. */
export function readCondition(fields: Fields): Condition {
  return readRule(fields, 1);
}

function readRule(fields: Fields, depth: number): Condition {
  if (fields.has('And')) return all(readNested(fields, 'And', depth));
  if (fields.has('Or')) return any(readNested(fields, 'Or', depth));
  if (fields.has('Not')) return not(readInner(fields.object('Not'), depth));
  return readDataTest(fields);
}

function readNested(fields: Fields, name: 'And' | 'Or', depth: number): readonly Condition[] {
  const nested = fields.objects(name);
  if (nested.length === 0) fields.complain('Value cannot be empty', name);
  return nested.map((rule) => readInner(rule, depth));
}

function readInner(fields: Fields, depth: number): Condition {
  if (depth === maxDepth) {
    fields.complain(`More than ${maxDepth} rules are within each other`);
    return never;
  }
  const condition = readRule(fields, depth + 1);
  fields.close();
  return condition;
}

const all =
  (conditions: readonly Condition[]): Condition =>
  (scope) =>
    conditions.every((condition) => condition(scope));

const any =
  (conditions: readonly Condition[]): Condition =>
  (scope) =>
    conditions.some((condition) => condition(scope));

const not =
  (condition: Condition): Condition =>
  (scope) =>
    !condition(scope);

const never: Condition = () => false;

function readDataTest(fields: Fields): Condition {
  fields.requiredText('Variable');
  const variable = fields.path('Variable');
  const conditions = readOperators(fields, variable);
  if (conditions.length !== 1) fields.complain('A choice rule must have exactly one comparison');
  return conditions[0] ?? never;
}

function readOperators(fields: Fields, variable: Path | undefined): readonly Condition[] {
  if (variable === undefined) return [];
  return [
    ...[...tests]
      .filter(([name]) => fields.has(name))
      .map(([name, test]) => readTest(fields, name, { variable, test })),
    ...[...comparisons].flatMap(([name, compare]) => [
      ...(fields.has(name) ? [readFixed(fields, name, { variable, compare })] : []),
      ...(fields.has(`${name}Path`) ? [readReferenced(fields, `${name}Path`, { variable, compare })] : []),
    ]),
  ];
}

/** `IsNull` and its like: `true` asks for it, `false` for the opposite. */
function readTest(
  fields: Fields,
  name: string,
  { variable, test }: { readonly variable: Path; readonly test: Test },
): Condition {
  const wanted = fields.flag(name) ?? true;
  if (name === 'IsPresent') return (scope) => (variable.find(scope) !== undefined) === wanted;
  return (scope) => test(variableValue(variable, scope)) === wanted;
}

interface Comparing {
  readonly variable: Path;
  readonly compare: { accepts(operand: Json): boolean; holds(value: Json, operand: Json): boolean };
}

function readFixed(fields: Fields, name: string, { variable, compare }: Comparing): Condition {
  const operand = fields.json(name) as Json;
  if (!compare.accepts(operand)) fields.complain('The value does not fit the comparison', name);
  return (scope) => compare.holds(variableValue(variable, scope), operand);
}

function readReferenced(fields: Fields, name: string, { variable, compare }: Comparing): Condition {
  const operand = fields.path(name);
  if (operand === undefined) return never;
  return (scope) => {
    const value = variableValue(variable, scope);
    return compare.holds(value, variableValue(operand, scope));
  };
}

function variableValue(path: Path, scope: Scope): Json {
  const found = path.find(scope);
  if (found !== undefined) return found;
  throw runtimeFailure(
    `Invalid path '${path.source}': The choice state's condition path references an invalid value.`,
  );
}
