import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { compileState } from '../states/compile.ts';
import type { State } from '../states/state.ts';
import { Fields } from './fields.ts';
import { DefinitionError, type Problem } from './problems.ts';
import { maxSeconds } from './seconds.ts';

/** A state machine compiled once: every path, template and rule in it is a closure. */
export interface Machine {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
  /** Seconds an execution may take; absent without limit. */
  readonly timeoutSeconds: number | undefined;
}

/** Compiles a definition (JSON text), or throws a `DefinitionError` that names everything wrong with it. */
export function compileMachine(definition: string): Machine {
  const problems: Problem[] = [];
  const machine = readMachine(new Fields(parseObject(definition), '', problems), problems);
  if (problems.length > 0) throw new DefinitionError(problems);
  return machine;
}

function parseObject(definition: string): JsonObject {
  try {
    const parsed = JSON.parse(definition) as Json;
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below, like everything that is no object.
  }
  throw new DefinitionError([
    { code: 'INVALID_JSON_DESCRIPTION', message: 'Definition must be a valid JSON object' },
  ]);
}

function readMachine(fields: Fields, problems: Problem[]): Machine {
  const absent = ['States', 'StartAt'].filter((name) => !fields.has(name));
  if (absent.length > 0) fields.complain(`These fields are required: [${absent.join(', ')}]`);
  if ((fields.text('QueryLanguage') ?? 'JSONPath') !== 'JSONPath') {
    fields.complain('Only the query language JSONPath is supported', 'QueryLanguage');
  }
  fields.text('Version');
  const states = new Map<string, State>();
  for (const [name, state] of fields.named('States')) states.set(name, compileState(name, state));
  const machine = {
    startAt: fields.text('StartAt') ?? '',
    states,
    timeoutSeconds: fields.number('TimeoutSeconds', { min: 1, max: maxSeconds }),
  };
  fields.close();
  if (absent.length === 0) checkTargets(machine, problems);
  return machine;
}

function checkTargets({ startAt, states }: Machine, problems: Problem[]): void {
  const check = (target: string, location: string): void => {
    if (states.has(target)) return;
    const message = `Missing 'Next' target: ${target}`;
    problems.push({ code: 'MISSING_TRANSITION_TARGET', message, location });
  };
  check(startAt, '/StartAt');
  for (const [name, state] of states) for (const target of state.targets) check(target, `/States/${name}`);
}
