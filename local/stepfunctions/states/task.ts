import { JsonData } from '../data-flow/json-data.ts';
import { withinLimit } from '../data-flow/limits.ts';
import type { Template } from '../data-flow/payload-template.ts';
import { type ResultPath, resultReplaces } from '../data-flow/result-path.ts';
import { type Filters, type Next, readFilters, readNext } from '../definition/common-fields.ts';
import { readCatch, readRetry } from '../definition/error-handling.ts';
import type { Fields } from '../definition/fields.ts';
import { readTiming, type Timing } from '../definition/task-timing.ts';
import { type CatchPolicy, compileCatch } from '../errors/catch.ts';
import { states } from '../errors/names.ts';
import { compileRetry, type RetryPolicy } from '../errors/retry.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { Position, TaskPosition } from '../executions/position.ts';
import type { Stimulus } from '../executions/stimulus.ts';
import type { Visit } from '../executions/visit.ts';
import type { Call } from '../tasks/call.ts';
import type { Integration, Request } from '../tasks/integration.ts';
import { findIntegration } from '../tasks/integrations.ts';
import { lambdaInvoke } from '../tasks/lambda-invoke.ts';
import type { Outcome, State } from './state.ts';
import { leave } from './state.ts';

/** Calls a function, and waits for its answer or for its task token. */
export function compileTask(name: string, fields: Fields): State {
  return new TaskState(name, fields);
}

class TaskState implements State {
  readonly type = 'Task';
  readonly name: string;
  readonly targets: readonly string[];
  readonly #next: Next;
  readonly #filters: Filters;
  readonly #integration: Integration;
  readonly #parameters: Template | undefined;
  readonly #timing: Timing;
  readonly #resultSelector: Template | undefined;
  readonly #resultPath: ResultPath;
  readonly #retry: RetryPolicy;
  readonly #catch: CatchPolicy;

  constructor(name: string, fields: Fields) {
    this.name = name;
    this.#next = readNext(fields);
    this.#filters = readFilters(fields);
    this.#integration = readIntegration(fields);
    this.#parameters = fields.template('Parameters');
    this.#timing = readTiming(fields);
    this.#resultSelector = fields.template('ResultSelector');
    this.#resultPath = fields.resultPath('ResultPath') ?? resultReplaces;
    this.#retry = compileRetry(readRetry(fields));
    const catchers = readCatch(fields);
    this.#catch = compileCatch(catchers);
    this.targets = [...(this.#next === undefined ? [] : [this.#next]), ...catchers.map((rule) => rule.next)];
  }

  /** Schedules an attempt: the first, or after a pause the next. */
  enter(visit: Visit): Outcome {
    const effective = visit.scope(visit.effectiveInput(this.#filters));
    const { timeout, heartbeat } = this.#timing(effective);
    if (this.#integration.awaitsToken) {
      visit.token = visit.entropy.token(visit.facts.id, visit.history.last + 1);
    }
    const request = this.#request(visit);
    const scheduled = this.#integration.noteScheduled(visit, request, { timeout, heartbeat });
    const position: TaskPosition = {
      kind: 'task',
      ...visit.stay(),
      scheduled,
      token: visit.token,
      submitted: false,
      deadline: timeout === undefined ? undefined : visit.at + timeout * 1_000,
      heartbeat: visit.token === undefined ? undefined : heartbeat,
    };
    return { kind: 'suspend', position, call: { ...request, scheduled, token: visit.token } };
  }

  resume(visit: Visit, stimulus: Stimulus, position: Position): Outcome {
    if (position.kind !== 'task') return this.enter(visit);
    switch (stimulus.kind) {
      case 'returned':
        return this.#returned(visit, stimulus.payload, position);
      case 'token-succeeded':
        return this.#succeed(visit, this.#integration.noteAnswered(visit, JsonData.parse(stimulus.output)));
      case 'threw':
      case 'token-failed':
        return this.#fail(visit, new StateFailure(stimulus));
      case 'timed-out':
        return this.#timeOut(visit, stimulus.what);
      default:
        throw new Error(`A task cannot go on by '${stimulus.kind}'.`);
    }
  }

  recover(visit: Visit, failure: StateFailure): Outcome | undefined {
    const retry = this.#retry(failure, visit.retries, visit.entropy.random);
    if (retry !== undefined) {
      const until = visit.at + retry.delayMs;
      return { kind: 'suspend', position: { kind: 'retry', ...visit.stay(), retries: retry.counts, until } };
    }
    const caught = this.#catch(failure, visit.input.value);
    if (caught === undefined) return undefined;
    return leave(visit, 'Task', caught.next, withinLimit(visit.data(caught.output), this.name));
  }

  recall(visit: Visit, { scheduled, token }: TaskPosition): Call {
    return { ...this.#request(visit), scheduled, token };
  }

  #request(visit: Visit): Request {
    const effective = visit.effectiveInput(this.#filters);
    const parameters = this.#parameters === undefined ? effective : this.#parameters(visit.scope(effective));
    return this.#integration.request(parameters, visit);
  }

  #returned(visit: Visit, payload: string, position: TaskPosition): Outcome {
    const answer = this.#readAnswer(visit, payload);
    if (!this.#integration.awaitsToken) {
      return this.#succeed(visit, this.#integration.noteReturned(visit, answer), answer);
    }
    this.#integration.noteSubmitted(visit, answer);
    return { kind: 'suspend', position: { ...position, submitted: true } };
  }

  #readAnswer(visit: Visit, payload: string): JsonData {
    try {
      return withinLimit(JsonData.parse(payload), this.name);
    } catch (error) {
      if (error instanceof StateFailure) return this.#fail(visit, error);
      const cause = `The function answered with something that is no JSON: ${String(error)}`;
      return this.#fail(visit, new StateFailure({ error: 'Lambda.Unknown', cause }));
    }
  }

  #succeed(visit: Visit, raw: JsonData, answer: JsonData = raw): Outcome {
    const { value } = raw;
    const selected = this.#resultSelector === undefined ? value : this.#resultSelector(visit.scope(value));
    const whole = this.#resultPath(visit.input.value, selected);
    return leave(visit, 'Task', this.#next, visit.output(this.#filters, whole, answer));
  }

  #fail(visit: Visit, failure: StateFailure): never {
    this.#integration.noteFailed(visit, failure.error, failure.explanation);
    throw failure;
  }

  /** AWS names both the same; a Retry or Catch may tell them apart. */
  #timeOut(visit: Visit, what: 'task' | 'heartbeat'): never {
    this.#integration.noteTimedOut(visit, states.timeout);
    const aliases = what === 'heartbeat' ? [states.heartbeatTimeout] : [];
    throw new StateFailure({ error: states.timeout, aliases });
  }
}

function readIntegration(fields: Fields): Integration {
  const resource = fields.requiredText('Resource');
  const integration = findIntegration(resource);
  if (integration !== undefined) return integration;
  fields.complain(`The resource '${resource}' is not supported`, 'Resource');
  return lambdaInvoke(false);
}
