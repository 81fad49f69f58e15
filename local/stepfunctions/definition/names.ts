import type { JsonObject } from '../../../shared/domain/json.ts';
import { type DefinedState, definedFlows } from './flows.ts';
import type { Problem } from './problems.ts';

const maxStateName = 80;
const maxLabel = 40;
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;

/** What is wrong with the names of states, and with the labels that name the runs of distributed Maps. */
export function nameProblems(definition: JsonObject): readonly Problem[] {
  const states = definedFlows(definition).flatMap((flow) => flow.states);
  return [...states.flatMap(stateName), ...states.flatMap(label), ...repeatedLabels(states)];
}

function stateName({ name, location }: DefinedState): readonly Problem[] {
  if (name.length >= 1 && name.length <= maxStateName) return [];
  const message = `State name must have a length from 1 to ${maxStateName}`;
  return [{ code: 'INVALID_STATE_NAME', message, location }];
}

function label({ fields, location }: DefinedState): readonly Problem[] {
  const { Label: given } = fields;
  if (typeof given !== 'string') return [];
  if (given.length >= 1 && given.length <= maxLabel && !forbidden.test(given)) return [];
  const message = `Invalid Label: '${given.slice(0, maxLabel)}'`;
  return [{ code: 'INVALID_LABEL_NAME', message, location: `${location}/Label` }];
}

function repeatedLabels(states: readonly DefinedState[]): readonly Problem[] {
  const seen = new Set<string>();
  return states.flatMap(({ fields, location }) => {
    const { Label: given } = fields;
    if (typeof given !== 'string') return [];
    const repeated = seen.has(given);
    seen.add(given);
    if (!repeated) return [];
    return [
      { code: 'DUPLICATE_LABEL_NAME', message: `Duplicate Label: ${given}`, location: `${location}/Label` },
    ];
  });
}
