import type { Json } from '../../../../shared/domain/json.ts';
import { Budget } from '../json-path/budget.ts';
import { equalJson } from '../json-path/equal.ts';
import { canonicalText } from '../json-text.ts';
import { integer, list } from './arguments.ts';
import { type Intrinsic, InvalidArguments, intrinsic } from './call.ts';

/** Items that `States.ArrayRange` may make. */
const maxRange = 1_000;

export const arrays: Readonly<Record<string, Intrinsic>> = {
  'States.Array': intrinsic([0, Number.POSITIVE_INFINITY], (args) => args),
  'States.ArrayContains': intrinsic(2, ([all, item]) => contains(list(all), item as Json)),
  'States.ArrayGetItem': intrinsic(2, ([all, index]) => itemAt(list(all), index as Json)),
  'States.ArrayLength': intrinsic(1, ([all]) => list(all).length),
  'States.ArrayPartition': intrinsic(2, ([all, size]) => partition(list(all), integer(size))),
  'States.ArrayRange': intrinsic(3, ([first, last, step]) =>
    range(integer(first), integer(last), integer(step)),
  ),
  'States.ArrayUnique': intrinsic(1, ([all]) => unique(list(all))),
};

function itemAt(all: readonly Json[], index: Json): Json {
  const item = Number.isInteger(index) ? all[index as number] : undefined;
  if (item !== undefined) return item;
  throw new InvalidArguments(`the index ${JSON.stringify(index)} is not within the array`);
}

function partition(all: readonly Json[], size: number): Json {
  if (size < 1) throw new InvalidArguments('the size of a chunk must be positive');
  const chunks = Math.ceil(all.length / size);
  return Array.from({ length: chunks }, (_, chunk) => all.slice(chunk * size, (chunk + 1) * size));
}

function range(first: number, last: number, step: number): Json {
  if (step === 0) throw new InvalidArguments('the step must not be zero');
  const length = Math.max(Math.floor((last - first) / step) + 1, 0);
  if (length > maxRange) throw new InvalidArguments(`an array of more than ${maxRange} items`);
  return Array.from({ length }, (_, index) => first + index * step);
}

function contains(all: readonly Json[], item: Json): boolean {
  const budget = new Budget('States.ArrayContains');
  const spend = (nodes: number): void => budget.spend(nodes);
  return all.some((other) => equalJson(other, item, spend));
}

/** Every item once, where it is first. */
function unique(all: readonly Json[]): Json {
  const seen = new Set<string>();
  return all.filter((item) => {
    const text = canonicalText(item);
    const first = !seen.has(text);
    seen.add(text);
    return first;
  });
}
