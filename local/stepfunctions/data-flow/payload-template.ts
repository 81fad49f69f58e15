import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { type InterpretationFailure, runtimeFailure } from '../errors/state-failure.ts';
import { compilePath, type Path } from './path.ts';
import { PathSyntaxError } from './reference-path.ts';
import type { Scope } from './scope.ts';

/** Makes a JSON value of what a state sees (`Parameters`, `ResultSelector`). */
export type Template = (scope: Scope) => Json;

/** Compiles a payload template: fields whose names end in `.$` hold paths. Throws `PathSyntaxError`. */
export function compileTemplate(template: Json): Template {
  if (template === null || typeof template !== 'object') return () => template;
  if (Array.isArray(template)) return compileList(template);
  return compileObject(template as JsonObject);
}

function compileList(list: readonly Json[]): Template {
  const items = list.map(compileTemplate);
  return (scope) => items.map((item) => item(scope));
}

type Field = readonly [name: string, value: Template];

function compileObject(object: JsonObject): Template {
  const fields = Object.entries(object).map(compileField);
  return (scope) => {
    const made: Record<string, Json> = {};
    for (const [name, value] of fields) made[name] = value(scope);
    return made;
  };
}

function compileField([name, value]: [string, Json]): Field {
  if (!name.endsWith('.$')) return [name, compileTemplate(value)];
  const path = templatePath(name, value);
  const find: Template = (scope) => {
    const found = path.find(scope);
    if (found === undefined) throw notFound(name, path, scope);
    return found;
  };
  return [name.slice(0, -2), find];
}

function templatePath(name: string, value: Json): Path {
  const problem = `The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`;
  if (typeof value !== 'string') throw new PathSyntaxError(problem);
  try {
    return compilePath(value);
  } catch (error) {
    throw error instanceof PathSyntaxError ? new PathSyntaxError(problem) : error;
  }
}

function notFound(name: string, path: Path, scope: Scope): InterpretationFailure {
  const input = JSON.stringify(scope.input);
  return runtimeFailure(
    `The JSONPath '${path.source}' specified for the field '${name}' could not be found in the input '${input}'`,
  );
}
