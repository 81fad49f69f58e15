import type { Json } from '../../../shared/domain/json.ts';
import { runtimeFailure } from '../errors/state-failure.ts';
import type { Fields } from './fields.ts';
import { readNumber, type Scalar } from './scalars.ts';

/**
 * A number that limits a Map state, in the forms of `readNumber`. A text that a path leads to counts as the number it
 * spells. Which numbers are too small or too great is for the state to say: it has words of its own for each.
 */
export function readMapNumber(fields: Fields, name: string, kind: 'integer' | 'float'): Scalar<number> {
  const fractions = kind === 'float';
  const limit = Number.MAX_SAFE_INTEGER;
  const path = `${name}Path`;
  if (fields.language === 'JSONata' || !fields.has(path)) {
    return readNumber(fields, name, {
      min: fields.language === 'JSONata' ? -limit : 0,
      max: limit,
      fractions,
    });
  }
  fields.exclusive(name, path);
  const read = fields.dynamicPath(path);
  return (visit, input) => {
    const found = read?.(visit, { input }) ?? null;
    const number = spelled(found);
    if (typeof number === 'number' && (fractions || Number.isSafeInteger(number))) return number;
    const shown = typeof found === 'string' ? found : JSON.stringify(found);
    throw runtimeFailure(
      `The ${path} field refers to value "${shown}" which is not a valid ${kind}: ${fields.source(path)}`,
    );
  };
}

function spelled(value: Json): Json {
  return typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
