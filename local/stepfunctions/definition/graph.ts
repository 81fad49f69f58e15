import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { type DefinedFlow, type DefinedState, definedFlows } from './flows.ts';
import type { Problem } from './problems.ts';

/**
 * What is wrong with how the states of a definition lead to one another; of a fragment, only those of the flows within
 * its states.
 */
export function graphProblems(definition: JsonObject, fragment = false): readonly Problem[] {
  const all = definedFlows(definition);
  const flows = fragment ? all.slice(1) : all;
  const dangling = flows.flatMap(danglingTargets);
  if (!fragment && !flows.some(({ states }) => states.some(isTerminal))) {
    return [...dangling, { code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' }];
  }
  return [...duplicates(all), ...dangling, ...flows.flatMap(unreachable)];
}

/** Names are unique within the whole machine. */
function duplicates(flows: readonly DefinedFlow[]): readonly Problem[] {
  const names = new Set<string>();
  const problems: Problem[] = [];
  for (const { name, location } of flows.flatMap(({ states }) => states)) {
    if (names.has(name)) {
      problems.push({ code: 'DUPLICATE_STATE_NAME', message: `Duplicate State name: ${name}`, location });
    }
    names.add(name);
  }
  return problems;
}

function danglingTargets({ location, startAt, states }: DefinedFlow): readonly Problem[] {
  const names = new Set(states.map(({ name }) => name));
  const targets = [{ target: startAt, location: `${location}/StartAt` }, ...states.flatMap(targetsOf)];
  return targets
    .filter(({ target }) => !names.has(target))
    .map(({ target, location: at }) => ({
      code: 'MISSING_TRANSITION_TARGET',
      message: `Missing 'Next' target: ${target}`,
      location: at,
    }));
}

function unreachable({ startAt, states }: DefinedFlow): readonly Problem[] {
  const byName = new Map(states.map((state) => [state.name, state]));
  const reached = new Set<string>();
  const pending = [startAt];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const state = byName.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    for (const { target: next } of targetsOf(state)) pending.push(next);
  }
  return states
    .filter(({ name }) => !reached.has(name))
    .map(({ name, location }) => ({
      code: 'MISSING_TRANSITION_TARGET',
      message: `State "${name}" is not reachable.`,
      location,
    }));
}

interface Target {
  readonly target: string;
  readonly location: string;
}

/** Where a state leads, in the order of its fields: directly, by its rules, or after an error. */
function targetsOf({ fields, location }: DefinedState): readonly Target[] {
  const direct = ['Next', 'Default'].flatMap((name) => target(fields[name], `${location}/${name}`));
  const listed = ['Choices', 'Catch'].flatMap((name) => listTargets(fields[name], `${location}/${name}`));
  return [...direct, ...listed];
}

function listTargets(rules: Json | undefined, location: string): readonly Target[] {
  if (!Array.isArray(rules)) return [];
  return (rules as readonly Json[]).flatMap((rule, index) =>
    isObject(rule) ? target(rule['Next'], `${location}[${index}]/Next`) : [],
  );
}

const target = (value: Json | undefined, location: string): readonly Target[] =>
  typeof value === 'string' ? [{ target: value, location }] : [];

const isTerminal = ({ fields }: DefinedState): boolean =>
  fields['End'] === true || fields['Type'] === 'Succeed' || fields['Type'] === 'Fail';
