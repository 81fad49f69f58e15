import type { Json } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { EvaluationFailure, runtimeFailure } from '../errors/state-failure.ts';
import type { Visit } from '../executions/visit.ts';
import type { Fields } from './fields.ts';

/** What a Map state goes through: a list, or in JSONata also an object. Throws `StateFailure`. */
export type Items = (visit: Visit, input: Json) => Json;

export function readItems(fields: Fields): Items {
  return fields.language === 'JSONata' ? readExpression(fields) : readPath(fields);
}

function readPath(fields: Fields): Items {
  const path = fields.path('ItemsPath');
  return (visit, input) => {
    const found = path === undefined ? input : path.read(visit.scope(input));
    if (Array.isArray(found)) {
      visit.probe?.('afterItemsPath', found as Json);
      return found as Json;
    }
    // A path into the context object is told without the `$` that marks it.
    const told = path?.source.replace(/^\$\$/, '$') ?? '$';
    throw runtimeFailure(`Reference path "${told}" must point to array.`);
  };
}

function readExpression(fields: Fields): Items {
  const items = fields.evaluated('Items');
  if (items === undefined) return (_, input) => asList(input);
  const expression = fields.expression('Items') !== undefined;
  return (visit, input) => {
    const found = items(visit, { input });
    if (Array.isArray(found) || (!expression && isObject(found))) return found;
    throw EvaluationFailure.type('Items', fields.source('Items'), 'array', found);
  };
}

function asList(input: Json): Json {
  if (Array.isArray(input)) return input as Json;
  throw new EvaluationFailure(
    `Map state input must be an array but was: ${JSON.stringify(input)}`,
    undefined,
  );
}
