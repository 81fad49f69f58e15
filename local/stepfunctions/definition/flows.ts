import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';

/** States that lead to one another: the machine's own, those of a branch, or what is done for every item. */
export interface DefinedFlow {
  /** JSON pointer to the object that holds `StartAt` and `States`; empty for the machine. */
  readonly location: string;
  readonly startAt: string;
  readonly states: readonly DefinedState[];
}

export interface DefinedState {
  readonly name: string;
  readonly location: string;
  readonly fields: JsonObject;
}

/** Every flow of a definition, the outer ones first. What is no flow is passed over. */
export function definedFlows(definition: JsonObject): readonly DefinedFlow[] {
  const flows: DefinedFlow[] = [];
  const pending: [Json, string][] = [[definition, '']];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const flow = readFlow(...next);
    if (flow === undefined) continue;
    flows.push(flow);
    for (const state of flow.states) for (const within of flowsWithin(state)) pending.push(within);
  }
  return flows;
}

function readFlow(object: Json, location: string): DefinedFlow | undefined {
  if (!isObject(object) || !isObject(object['States'])) return undefined;
  const states = Object.entries(object['States']).flatMap(([name, fields]) =>
    isObject(fields) ? [{ name, location: `${location}/States/${name}`, fields }] : [],
  );
  const { StartAt: startAt } = object;
  return { location, startAt: typeof startAt === 'string' ? startAt : '', states };
}

function flowsWithin({ fields, location }: DefinedState): [Json, string][] {
  const { Branches } = fields;
  const branches = Array.isArray(Branches) ? (Branches as readonly Json[]) : [];
  return [
    ...branches.map((branch, index): [Json, string] => [branch, `${location}/Branches[${index}]`]),
    ...['ItemProcessor', 'Iterator'].flatMap((name): [Json, string][] => {
      const flow = fields[name];
      return flow === undefined ? [] : [[flow, `${location}/${name}`]];
    }),
  ];
}
