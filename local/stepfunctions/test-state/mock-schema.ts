import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import type { MemberNaming } from './member-names.ts';
import { type ExpectedAnswer, expectedAnswer } from './mocked-resource.ts';
import { type CompactShape, loadServiceShapes, type ServiceShapes } from './service-shapes.ts';

/** How strictly a mocked result is held against what the service can answer. */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** What is wrong with the mocked result of a task with this resource, in the service's words; or `undefined`. */
export async function mockSchemaProblem(
  resource: string,
  result: Json,
  mode: FieldValidationMode,
): Promise<string | undefined> {
  const expected = mode === 'NONE' ? undefined : expectedAnswer(resource);
  if (expected === undefined) return undefined;
  const shapes = await loadServiceShapes(expected.service);
  const shape = shapes === undefined ? undefined : findShape(shapes, expected);
  if (shapes === undefined || shape === undefined) return undefined;
  const { naming, free } = expected;
  const problem = new SchemaCheck(shapes, { naming, requires: mode === 'STRICT' }).check(shape, result, free);
  return problem === undefined ? undefined : `Mock result schema validation error: ${problem}`;
}

function findShape(
  { actions, shapes }: ServiceShapes,
  { action, part }: ExpectedAnswer,
): CompactShape | undefined {
  const key = action.toLowerCase();
  let shape = Object.hasOwn(actions, key) ? shapes[actions[key] as number] : undefined;
  for (const name of part) {
    if (shape?.t === 'structure') shape = shapes[shape.fields[name] as number];
    if (shape?.t === 'list') shape = shapes[shape.of];
  }
  return shape;
}

interface CheckRules {
  readonly naming: MemberNaming;
  /** Whether required fields must be there. */
  readonly requires: boolean;
}

/** Finds the first thing wrong with a value; fields that the service's model does not know are let through. */
class SchemaCheck {
  readonly #shapes: ServiceShapes['shapes'];
  readonly #rules: CheckRules;

  constructor({ shapes }: ServiceShapes, rules: CheckRules) {
    this.#shapes = shapes;
    this.#rules = rules;
  }

  check(shape: CompactShape, result: Json, free: readonly string[]): string | undefined {
    if (shape.t !== 'structure') return undefined;
    if (!isObject(result)) return 'Result must be an object';
    return this.#structure(shape, result, free);
  }

  #structure(
    { fields, required = [] }: CompactShape & { t: 'structure' },
    value: JsonObject,
    free: readonly string[] = [],
  ): string | undefined {
    const { naming, requires } = this.#rules;
    const missing = requires ? required.map(naming).find((name) => !Object.hasOwn(value, name)) : undefined;
    if (missing !== undefined) return `Required field '${missing}' is missing`;
    for (const [member, number] of Object.entries(fields)) {
      const name = naming(member);
      const given = Object.hasOwn(value, name) && !free.includes(name) ? value[name] : undefined;
      const problem = given === undefined ? undefined : this.#value(number, given, name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #value(number: number, value: Json, name: string): string | undefined {
    const shape = this.#shapes[number] as CompactShape;
    const kind = kinds[shape.t];
    if (kind !== undefined && !kind.holds(value)) return `Field '${name}' must be ${kind.article}`;
    switch (shape.t) {
      case 'number':
        return numberProblem(shape, value as number, name);
      case 'string':
        return stringProblem(shape, value as string, name);
      case 'list':
        return (
          lengthProblem(shape, (value as readonly Json[]).length, name) ?? this.#items(shape.of, value, name)
        );
      case 'map':
        return this.#items(shape.of, Object.values(value as JsonObject), name);
      case 'structure':
        return this.#structure(shape, value as JsonObject);
      default:
        return undefined;
    }
  }

  #items(number: number, values: Json, name: string): string | undefined {
    for (const item of values as readonly Json[]) {
      const problem = this.#value(number, item, name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
}

interface Kind {
  readonly article: string;
  holds(value: Json): boolean;
}

const kinds: Readonly<Record<CompactShape['t'], Kind | undefined>> = {
  any: undefined,
  boolean: { article: 'a boolean', holds: (value) => typeof value === 'boolean' },
  number: { article: 'a number', holds: (value) => typeof value === 'number' },
  string: { article: 'a string', holds: (value) => typeof value === 'string' },
  list: { article: 'an array', holds: Array.isArray },
  map: { article: 'an object', holds: isObject },
  structure: { article: 'an object', holds: isObject },
};

type Range = { readonly min?: number; readonly max?: number };

function numberProblem({ min, max }: Range, value: number, name: string): string | undefined {
  if (min !== undefined && value < min) return `Field '${name}' is less than the minimum value`;
  if (max !== undefined && value > max) return `Field '${name}' exceeds the maximum value`;
  return undefined;
}

function stringProblem(
  shape: Range & { readonly enum?: readonly string[] },
  value: string,
  name: string,
): string | undefined {
  if (shape.enum !== undefined && !shape.enum.includes(value))
    return `Field '${name}' is not an expected value`;
  return lengthProblem(shape, value.length, name);
}

function lengthProblem({ min, max }: Range, length: number, name: string): string | undefined {
  if (min !== undefined && length < min) return `Field '${name}' is smaller than the minimum length`;
  if (max !== undefined && length > max) return `Field '${name}' exceeds the maximum length`;
  return undefined;
}
