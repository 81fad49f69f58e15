import type { Json } from '../../../shared/domain/json.ts';
import type { Path } from '../data-flow/path.ts';
import type { Scope } from '../data-flow/scope.ts';
import type { Fields } from '../definition/fields.ts';
import { runtimeFailure, StateFailure } from '../errors/state-failure.ts';
import type { State } from './state.ts';

type Words = (scope: Scope) => string | undefined;

/** Ends the execution as failed, in the author's words. */
export function compileFail(name: string, fields: Fields): State {
  const error = readWords(fields, 'Error');
  const cause = readWords(fields, 'Cause');
  return {
    name,
    type: 'Fail',
    targets: [],
    enter(visit) {
      const scope = visit.scope(visit.input.value);
      return { kind: 'fail', failure: new StateFailure({ error: error(scope), cause: cause(scope) }) };
    },
  };
}

function readWords(fields: Fields, name: 'Error' | 'Cause'): Words {
  fields.exclusive(name, `${name}Path`);
  const fixed = fields.text(name);
  const path = fields.path(`${name}Path`);
  if (path === undefined) return () => fixed;
  return (scope) => words(`${name}Path`, path, scope);
}

function words(field: string, path: Path, scope: Scope): string {
  const found = path.find(scope);
  if (typeof found === 'string') return found;
  throw runtimeFailure(
    found === undefined
      ? `The JSONPath '${path.source}' specified for the field '${field}' could not be found in the input '${text(scope.input)}'`
      : `The JSONPath '${path.source}' specified for the field '${field}' must return a string, but returned '${text(found)}'`,
  );
}

const text = (value: Json): string => JSON.stringify(value);
