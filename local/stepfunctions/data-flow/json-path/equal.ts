import type { Json, JsonObject } from '../../../../shared/domain/json.ts';

/** Whether two JSON values are the same. Takes no stack, however deep they are; `spend` is told what it looks at. */
export function equalJson(one: Json, other: Json, spend?: (nodes: number) => void): boolean {
  const pairs: [Json | undefined, Json | undefined][] = [[one, other]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    if (!isParent(left) || !isParent(right)) return false;
    const names = Object.keys(left);
    spend?.(names.length);
    if (Array.isArray(left) !== Array.isArray(right) || names.length !== width(right, spend)) return false;
    for (const name of names) {
      if (!Object.hasOwn(right, name)) return false;
      pairs.push([(left as JsonObject)[name], (right as JsonObject)[name]]);
    }
  }
  return true;
}

function isParent(value: Json | undefined): value is JsonObject | readonly Json[] {
  return typeof value === 'object' && value !== null;
}

function width(parent: JsonObject | readonly Json[], spend?: (nodes: number) => void): number {
  if (Array.isArray(parent)) return parent.length;
  const names = Object.keys(parent).length;
  spend?.(names);
  return names;
}
