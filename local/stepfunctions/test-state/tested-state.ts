import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { compileMachine, type Machine } from '../definition/machine.ts';
import { DefinitionError } from '../definition/problems.ts';
import { ServiceError } from '../service-error.ts';
import type { State } from '../states/state.ts';
import { findState } from './find-state.ts';
import { refuse } from './refuse.ts';
import type { TestStateRequest } from './request.ts';

/** What a state is called that is given without its machine. */
const nameless = 'StateName';

export interface TestedState {
  readonly state: State;
  /** As it is written. */
  readonly fields: JsonObject;
}

/** The state that a request is about: alone, or by its name in a machine, whose other states then have to be right too. */
export function readTestedState({ definition, stateName }: TestStateRequest): TestedState {
  return stateName === undefined ? readLone(definition) : readNamed(definition, stateName);
}

function readNamed(definition: string, name: string): TestedState {
  const machine = compile(definition);
  const fields = findState(JSON.parse(definition) as JsonObject, name);
  const state = machine.states.get(name);
  if (fields === undefined || state === undefined) refuse('State not found in definition');
  return { state, fields };
}

/** Where it leads need not be there. */
function readLone(definition: string): TestedState {
  const fields = parse(definition);
  const machine = compile(JSON.stringify({ StartAt: nameless, States: { [nameless]: fields } }), true);
  return { state: machine.states.get(nameless) as State, fields: fields as JsonObject };
}

function compile(definition: string, fragment = false): Machine {
  try {
    return compileMachine(definition, { fragment });
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${error.message}'`);
  }
}

function parse(definition: string): Json {
  try {
    const parsed = JSON.parse(definition) as Json;
    if (isObject(parsed)) return parsed;
  } catch {
    // Told by what compiles it, like everything that is no object.
  }
  compile(definition);
  throw new Error('A text that is no object cannot be compiled.');
}
