import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { type InterpretationFailure, runtimeFailure } from '../errors/state-failure.ts';
import { compileIntrinsic, isIntrinsic } from './intrinsics/compile.ts';
import { parsePath } from './json-path/parse-path.ts';
import { isDefinite } from './json-path/syntax.ts';
import { jsonText } from './json-text.ts';
import { compileExplainedPath, type ExplainedPath } from './path.ts';
import { PathSyntaxError } from './reference-path.ts';
import type { Scope } from './scope.ts';
import { checkSize } from './size.ts';

type Make = (scope: Scope) => Json;

/** Makes a JSON value of what a state sees (`Parameters`, `ResultSelector`, `Assign`). */
export type Template = Make & {
  /** Names of the workflow variables it refers to, each once, in no order. */
  readonly variables: readonly string[];
};

/** What has been found in a template so far. */
interface Seen {
  readonly variables: Set<string>;
  /** How many times what may pass between states it can make at most, roughly. */
  weight: number;
}

/** What a call, or a path that gathers many nodes, weighs: `checkSize` lets it make that much. */
const gathered = 4;

/** Objects and lists of a template within each other. */
const maxDepth = 256;

/**
 * Compiles a payload template: fields whose names end in `.$` hold paths or calls of intrinsic functions, everything
 * else stands for itself. Throws `PathSyntaxError`.
 */
export function compileTemplate(template: Json): Template {
  const seen: Seen = { variables: new Set(), weight: 0 };
  const make = compileValue(template, seen, 0) ?? (() => template);
  const whole: Make = seen.weight <= gathered ? make : (scope) => checkSize(make(scope));
  return Object.assign(whole, { variables: [...seen.variables] });
}

/** `undefined` for a value in which nothing is computed. */
function compileValue(value: Json, seen: Seen, depth: number): Make | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (depth > maxDepth)
    throw new PathSyntaxError(`More than ${maxDepth} objects and lists are within each other`);
  return Array.isArray(value)
    ? compileList(value, seen, depth)
    : compileObject(value as JsonObject, seen, depth);
}

function compileList(list: readonly Json[], seen: Seen, depth: number): Make | undefined {
  const items = list.map((item) => compileValue(item, seen, depth + 1));
  if (items.every((item) => item === undefined)) return undefined;
  const makes = items.map((make, index) => make ?? (() => list[index] as Json));
  return (scope) => makes.map((make) => make(scope));
}

type Field = readonly [name: string, make: Make];

function compileObject(object: JsonObject, seen: Seen, depth: number): Make | undefined {
  let computed = false;
  const fields = Object.entries(object).map(([name, value]): Field => {
    const make = name.endsWith('.$') ? compileField(name, value, seen) : compileValue(value, seen, depth + 1);
    computed ||= make !== undefined;
    return [name.endsWith('.$') ? name.slice(0, -2) : name, make ?? (() => value)];
  });
  return computed ? makeObject(fields) : undefined;
}

function makeObject(fields: readonly Field[]): Make {
  // Assigning to a member of that name would change what the object inherits from.
  if (fields.some(([name]) => name === '__proto__'))
    return (scope) => Object.fromEntries(fields.map(([name, make]) => [name, make(scope)]));
  return (scope) => {
    const made: Record<string, Json> = {};
    for (const [name, make] of fields) made[name] = make(scope);
    return made;
  };
}

function compileField(name: string, source: Json, seen: Seen): Make {
  const problem = `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`;
  if (typeof source !== 'string') throw new PathSyntaxError(problem);
  try {
    return isIntrinsic(source) ? compileCall(source, seen) : compileReference(name, source, seen);
  } catch (error) {
    throw error instanceof PathSyntaxError ? new PathSyntaxError(problem) : error;
  }
}

function compileCall(source: string, seen: Seen): Make {
  const call = compileIntrinsic(source);
  for (const variable of call.variables) seen.variables.add(variable);
  seen.weight += gathered;
  return call.evaluate;
}

function compileReference(name: string, source: string, seen: Seen): Make {
  const tree = parsePath(source);
  const path = compileExplainedPath(source, tree);
  for (const variable of path.variables) seen.variables.add(variable);
  seen.weight += isDefinite(tree.steps) ? 1 : gathered;
  return (scope) => {
    const found = path.find(scope);
    return found === undefined ? absent(name, path, scope) : found;
  };
}

/** What stands for a node that is not there: the service lets an index past the end of a list pass as `null`. */
function absent(name: string, path: ExplainedPath, scope: Scope): null {
  if (path.miss(scope).kind === 'past-end') return null;
  throw notFound(name, path, scope);
}

/** The failure of a field whose path names nothing. */
function notFound(name: string, path: ExplainedPath, scope: Scope): InterpretationFailure {
  const input = jsonText(path.context ? scope.context() : scope.input);
  return runtimeFailure(
    `The JSONPath '${path.source}' specified for the field '${name}' could not be found in the input '${input}'`,
  );
}
