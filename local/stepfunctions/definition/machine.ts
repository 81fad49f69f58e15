import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { isObject } from '../data-flow/is-object.ts';
import { compileState } from '../states/compile.ts';
import type { State } from '../states/state.ts';
import { Fields, type QueryLanguage } from './fields.ts';
import { DefinitionError, type Problem } from './problems.ts';
import { maxSeconds } from './seconds.ts';

/** A state machine compiled once: every path, template, expression and rule in it is a closure. */
export interface Machine {
  readonly startAt: string;
  /** All states by name, also those of branches and iterations: names are unique within the whole. */
  readonly states: ReadonlyMap<string, State>;
  /** Seconds an execution may take; absent without limit. */
  readonly timeoutSeconds: number | undefined;
}

/** A machine within a state: a branch, or what is done for every item. */
export interface Nested {
  readonly startAt: string;
}

/** Compiles a definition (JSON text), or throws a `DefinitionError` that names everything wrong with it. */
export function compileMachine(definition: string): Machine {
  const problems: Problem[] = [];
  const object = parseObject(definition);
  const language = object['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const fields = new Fields(object, '', problems, { language, machineLanguage: language, path: '' });
  const machine = new MachineReader(problems).read(fields);
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

class MachineReader {
  readonly #problems: Problem[];
  readonly #states = new Map<string, State>();

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  read(fields: Fields): Machine {
    readLanguage(fields);
    fields.text('Version');
    const timeoutSeconds = fields.number('TimeoutSeconds', { min: 1, max: maxSeconds });
    const startAt = this.#level(fields);
    fields.close();
    return { startAt, states: this.#states, timeoutSeconds };
  }

  /** States that lead to one another: the machine's own, or those of a branch. */
  #level(fields: Fields): string {
    const absent = ['States', 'StartAt'].filter((name) => !fields.has(name));
    if (absent.length > 0) fields.complain(`These fields are required: [${absent.join(', ')}]`);
    const nested = (inner: Fields): Nested => {
      inner.json('ProcessorConfig');
      const startAt = this.#level(inner);
      inner.close();
      return { startAt };
    };
    const level = new Map<string, State>();
    for (const [name, state] of fields.states('States')) level.set(name, compileState(name, state, nested));
    const startAt = fields.text('StartAt') ?? '';
    if (absent.length === 0) this.#checkTargets(fields.location, startAt, level);
    for (const [name, state] of level) this.#add(fields, name, state);
    return startAt;
  }

  #add(fields: Fields, name: string, state: State): void {
    if (this.#states.has(name)) fields.complain(`Duplicate state name: ${name}`, `States/${name}`);
    this.#states.set(name, state);
  }

  #checkTargets(location: string, startAt: string, states: ReadonlyMap<string, State>): void {
    const check = (target: string, at: string): void => {
      if (states.has(target)) return;
      const message = `Missing 'Next' target: ${target}`;
      this.#problems.push({ code: 'MISSING_TRANSITION_TARGET', message, location: `${location}/${at}` });
    };
    check(startAt, 'StartAt');
    for (const [name, state] of states) for (const target of state.targets) check(target, `States/${name}`);
  }
}

function readLanguage(fields: Fields): void {
  const known: readonly (string | undefined)[] = ['JSONPath', 'JSONata', undefined] satisfies (
    | QueryLanguage
    | undefined
  )[];
  if (!known.includes(fields.text('QueryLanguage')))
    fields.complain('Value must be one of [JSONPath, JSONata]', 'QueryLanguage');
}
