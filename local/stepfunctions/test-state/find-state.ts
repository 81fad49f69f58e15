import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';

/** The state of this name in a machine, or in a Map or Parallel within it; `undefined` where there is none. */
export function findState(machine: JsonObject, name: string): JsonObject | undefined {
  const pending: Json[] = [machine];
  for (let flow = pending.shift(); flow !== undefined; flow = pending.shift()) {
    const states = isObject(flow) ? flow['States'] : undefined;
    if (!isObject(states)) continue;
    const found = Object.hasOwn(states, name) ? states[name] : undefined;
    if (isObject(found)) return found;
    pending.push(...Object.values(states).flatMap(flowsWithin));
  }
  return undefined;
}

/** The machines within a state: branches, and what processes items. */
function flowsWithin(state: Json): readonly Json[] {
  if (!isObject(state)) return [];
  const { Branches, ItemProcessor, Iterator } = state;
  const branches = Array.isArray(Branches) ? (Branches as readonly Json[]) : [];
  return [...branches, ItemProcessor, Iterator].filter((flow) => flow !== undefined);
}
