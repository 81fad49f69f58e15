import type { Json } from '../../../shared/domain/json.ts';
import { Invocations } from './invocations.ts';
import { MockedObjects } from './mocked-objects.ts';
import type { MockConfig, MockedAnswerText } from './schema.ts';

/** A task that is about to be called. */
export interface MockedCall {
  /** What its calls are counted by: the execution's number; of branches, iterations and child executions the root's. */
  readonly execution: number;
  /** Name of the state machine. */
  readonly machine: string;
  /** The test case that the execution was started with (`stateMachineArn#TestCase`). */
  readonly testCase: string | undefined;
  readonly state: string;
  /** What the service would be given. */
  readonly parameters: Json;
}

/** What is answered instead of the service. */
export type MockedAnswer = {
  /** What TaskSubmitted shows, of tasks that are submitted first; absent where the mock does not say. */
  readonly submitted?: Json;
} & (
  | { readonly kind: 'return'; readonly result: Json }
  | { readonly kind: 'throw'; readonly error: string | undefined; readonly cause: string | undefined }
  | { readonly kind: 'never' }
);

/**
 * Answers tasks as a mock configuration says. Invocations are counted by execution and state, in the order in which they
 * are scheduled, retries included.
 */
export class MockedTasks {
  readonly objects: MockedObjects;
  readonly #config: MockConfig;
  readonly #responses: ReadonlyMap<string, Invocations>;
  readonly #played = new Map<number, Map<string, number>>();

  constructor(config: MockConfig) {
    this.#config = config;
    this.objects = new MockedObjects(config['x-objects']);
    const entries = Object.entries(config.MockedResponses);
    this.#responses = new Map(entries.map(([name, given]) => [name, new Invocations(given)]));
  }

  /** Whether the configuration has a test case of that name for a state machine. */
  knows(machine: string, testCase: string): boolean {
    return this.#states(machine, testCase) !== undefined;
  }

  /** Whether the test case mocks a state. */
  mocks({ machine, testCase }: Pick<MockedCall, 'machine' | 'testCase'>, state: string): boolean {
    const states = testCase === undefined ? undefined : this.#states(machine, testCase);
    return states !== undefined && Object.hasOwn(states, state);
  }

  /** The answer to the next invocation of a state; `undefined` where the test case mocks no such state. */
  next({ execution, machine, testCase, state, parameters }: MockedCall): MockedAnswer | undefined {
    const states = testCase === undefined ? undefined : this.#states(machine, testCase);
    if (states === undefined || !Object.hasOwn(states, state)) return undefined;
    const name = states[state] ?? '';
    const invocation = this.#count(execution, state);
    const answer = this.#responses.get(name)?.at(invocation);
    return answer === undefined ? ranOut(state, name, invocation) : answerOf(answer, parameters);
  }

  /** The answer to a call of TestState that brings no mock of its own. */
  testState(parameters: Json): MockedAnswer | undefined {
    const name = this.#config['x-test-state'];
    const answer = name === undefined ? undefined : this.#responses.get(name)?.at(0);
    return answer === undefined ? undefined : answerOf(answer, parameters);
  }

  /** Forgets an execution that has ended. */
  forget(execution: number): void {
    this.#played.delete(execution);
  }

  #states(machine: string, testCase: string): Readonly<Record<string, string>> | undefined {
    const machines = this.#config.StateMachines;
    const cases = Object.hasOwn(machines, machine) ? machines[machine]?.TestCases : undefined;
    return cases !== undefined && Object.hasOwn(cases, testCase) ? cases[testCase] : undefined;
  }

  /** The number of this invocation, from 0. */
  #count(execution: number, state: string): number {
    const played = this.#played.get(execution) ?? new Map<string, number>();
    const invocation = played.get(state) ?? 0;
    this.#played.set(execution, played.set(state, invocation + 1));
    return invocation;
  }
}

function answerOf(answer: MockedAnswerText, parameters: Json): MockedAnswer {
  const submitted = answer['x-submitted'];
  return { ...(submitted === undefined ? {} : { submitted }), ...endingOf(answer, parameters) };
}

function endingOf(answer: MockedAnswerText, parameters: Json): MockedAnswer {
  if (answer.Return !== undefined) return { kind: 'return', result: answer.Return };
  if (answer['x-echo']) return { kind: 'return', result: parameters };
  if (answer['x-never']) return { kind: 'never' };
  return { kind: 'throw', error: answer.Throw?.Error, cause: (answer.Throw ?? answer['x-throw'])?.Cause };
}

/** The test asked for more than its mocks have: no Retry or Catch may hide that. */
function ranOut(state: string, response: string, invocation: number): MockedAnswer {
  const cause = `The mocked response '${response}' of state '${state}' has no answer to invocation ${invocation}.`;
  return { kind: 'throw', error: 'States.Runtime', cause };
}
