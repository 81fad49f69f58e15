import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { type DefinedState, definedFlows } from './flows.ts';
import type { Warning } from './problems.ts';

/** What a definition may have meant otherwise; it runs all the same. JSONPath alone marks paths by names. */
export function definitionWarnings(definition: JsonObject): readonly Warning[] {
  const language = definition['QueryLanguage'] ?? 'JSONPath';
  return definedFlows(definition)
    .flatMap(({ states }) => states)
    .filter(({ fields }) => (fields['QueryLanguage'] ?? language) === 'JSONPath')
    .flatMap((state) => [...unmarkedTemplates(state), ...unmarkedFields(state), ...staticResult(state)]);
}

const templates = ['Parameters', 'ResultSelector', 'ItemSelector', 'Assign'];

function unmarkedTemplates({ fields, location }: DefinedState): readonly Warning[] {
  return templates.flatMap((name) =>
    pathsWithin(fields[name], `${location}/${name}`)
      .filter(({ key }) => key !== undefined && !key.endsWith('.$'))
      .map(({ key, at }) => ({
        code: 'NO_DOLLAR',
        message: `The value of '${key}' appears to be a JSONPath or an intrinsic function, but its name does not end with '.$'`,
        location: at,
      })),
  );
}

const pathForms = [
  'Seconds',
  'Timestamp',
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'MaxConcurrency',
  'Error',
  'Cause',
];

function unmarkedFields({ fields, location }: DefinedState): readonly Warning[] {
  return pathForms
    .filter((name) => looksLikePath(fields[name]))
    .map((name) => ({
      code: 'NO_PATH',
      message: `The value of '${name}' looks like a path, but its name does not end with 'Path'`,
      location: `${location}/${name}`,
    }));
}

function staticResult({ fields, location }: DefinedState): readonly Warning[] {
  if (fields['Type'] !== 'Pass') return [];
  return pathsWithin(fields['Result'], `${location}/Result`).map(({ at }) => ({
    code: 'PASS_RESULT_IS_STATIC',
    message: 'The result of a Pass state is static: a path in it is not replaced',
    location: at,
  }));
}

interface Found {
  /** Name of the field; none for an item of a list. */
  readonly key: string | undefined;
  readonly at: string;
}

/** Every text within a value that looks like a path. */
function pathsWithin(value: Json | undefined, location: string): readonly Found[] {
  const found: Found[] = [];
  const pending: [Json | undefined, string, string | undefined][] = [[value, location, undefined]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [current, at, key] = next;
    if (looksLikePath(current)) found.push({ key, at });
    for (const [name, item] of entriesOf(current)) {
      const named = typeof name === 'string';
      pending.push([item, named ? `${at}/${name}` : `${at}[${name}]`, named ? name : undefined]);
    }
  }
  return found;
}

function entriesOf(value: Json | undefined): Iterable<readonly [string | number, Json]> {
  if (Array.isArray(value)) return (value as readonly Json[]).entries();
  return isObject(value) ? Object.entries(value) : [];
}

const path = /^(\$(\.|\[|\$\.|\$$|$)|States\.[A-Z]\w*\()/;

const looksLikePath = (value: Json | undefined): boolean => typeof value === 'string' && path.test(value);
