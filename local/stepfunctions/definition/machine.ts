import { compileState } from '../states/compile.ts';
import type { State } from '../states/state.ts';
import { expressProblems } from './express.ts';
import { Fields } from './fields.ts';
import { graphProblems } from './graph.ts';
import { nameProblems } from './names.ts';
import { DefinitionError, type Problem } from './problems.ts';
import type { QueryLanguage } from './query-language.ts';
import { readDefinition } from './read-definition.ts';
import { maxSeconds } from './seconds.ts';

/** A state machine compiled once: every path, template, expression and rule in it is a closure. */
export interface Machine {
  readonly startAt: string;
  /** All states by name, also those of branches and iterations: names are unique within the whole. */
  readonly states: ReadonlyMap<string, State>;
  /** The workflow variables that states refer to, sorted, by the names of the states that refer to any. */
  readonly variableReferences: Readonly<Record<string, readonly string[]>>;
  /** Seconds an execution may take; absent without limit. */
  readonly timeoutSeconds: number | undefined;
}

/** A machine within a state: a branch, or what is done for every item. */
export interface Nested {
  readonly startAt: string;
}

export interface CompileOptions {
  readonly type?: 'STANDARD' | 'EXPRESS';
  /** Whether where its own states lead may be missing: it is a part of a machine. */
  readonly fragment?: boolean;
  /** Whether it has been accepted before: then only what could not be run is wrong with it. */
  readonly accepted?: boolean;
}

/** Compiles a definition (JSON text), or throws a `DefinitionError` that names everything wrong with it. */
export function compileMachine(definition: string, options: CompileOptions = {}): Machine {
  const problems: Problem[] = [];
  const object = readDefinition(definition);
  const language = object['QueryLanguage'] === 'JSONata' ? 'JSONata' : 'JSONPath';
  const fields = new Fields(object, '', problems, { language, machineLanguage: language, path: '' });
  const machine = new MachineReader().read(fields);
  if (options.type === 'EXPRESS') problems.push(...expressProblems(object));
  // How states lead to one another says nothing while they are not right themselves.
  if (problems.length === 0 && options.accepted !== true)
    problems.push(...nameProblems(object), ...graphProblems(object, options.fragment));
  if (problems.length > 0) throw new DefinitionError(problems);
  return machine;
}

class MachineReader {
  readonly #states = new Map<string, State>();
  readonly #references: [string, readonly string[]][] = [];

  read(fields: Fields): Machine {
    readLanguage(fields);
    fields.text('Version');
    const timeoutSeconds = fields.number('TimeoutSeconds', { min: 1, max: maxSeconds });
    const startAt = this.#level(fields);
    fields.close();
    const variableReferences = Object.fromEntries(this.#references);
    return { startAt, states: this.#states, variableReferences, timeoutSeconds };
  }

  /** States that lead to one another: the machine's own, or those of a branch. */
  #level(fields: Fields): string {
    fields.require('States', 'StartAt');
    const nested = (inner: Fields): Nested => {
      inner.json('ProcessorConfig');
      const startAt = this.#level(inner);
      inner.close();
      return { startAt };
    };
    for (const [name, state] of fields.states('States')) {
      this.#states.set(name, compileState(name, state, nested));
      if (state.variables.size > 0) this.#references.push([name, [...state.variables].sort()]);
    }
    return fields.text('StartAt') ?? '';
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
