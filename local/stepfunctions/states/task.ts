import type { Json } from '../../../shared/domain/json.ts';
import { type Flow, readFlow } from '../data-flow/flow.ts';
import { JsonData } from '../data-flow/json-data.ts';
import { withinLimit } from '../data-flow/limits.ts';
import { type Next, readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import { type Credentials, readCredentials } from '../definition/task-credentials.ts';
import { readTiming, type Timing } from '../definition/task-timing.ts';
import { states } from '../errors/names.ts';
import { Recovery } from '../errors/recovery.ts';
import { StateFailure } from '../errors/state-failure.ts';
import type { Position, TaskPosition } from '../executions/position.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Visit } from '../executions/visit.ts';
import type { Call, RequestedCall, Target } from '../tasks/call.ts';
import type { Integration, TaskFailureNote } from '../tasks/integration.ts';
import { findIntegration } from '../tasks/integrations.ts';
import { leave, type Outcome, type State } from './state.ts';

/** Calls something, and waits for its answer, for the end of the job it starts, or for its task token. */
export function compileTask(name: string, fields: Fields): State {
  return new TaskState(name, fields);
}

class TaskState implements State {
  readonly type = 'Task';
  readonly name: string;
  readonly targets: readonly string[];
  readonly #next: Next;
  readonly #flow: Flow;
  readonly #integration: Integration;
  readonly #timing: Timing;
  readonly #credentials: Credentials;
  readonly #recovery: Recovery;

  constructor(name: string, fields: Fields) {
    this.name = name;
    this.#next = readNext(fields);
    this.#flow = readFlow(fields, { arguments: true, selector: true, resultPath: true });
    this.#integration = readIntegration(fields);
    this.#timing = readTiming(fields);
    this.#credentials = readCredentials(fields);
    this.#recovery = new Recovery(fields);
    this.targets = [...(this.#next === undefined ? [] : [this.#next]), ...this.#recovery.targets];
  }

  /** Schedules an attempt: the first, or after a pause the next. */
  enter(visit: Visit): Outcome {
    const input = this.#flow.effective(visit);
    const { timeout, heartbeat } = this.#timing(visit, input);
    const { pattern } = this.#integration;
    if (pattern !== 'request') visit.token = visit.entropy.token(visit.facts.id, visit.history.last + 1);
    const parameters = this.#flow.prepare(visit);
    const target = this.#integration.target(parameters, visit);
    const role = this.#credentials(visit, input);
    const scheduling = { parameters, timeout, heartbeat, role };
    const scheduled = this.#integration.noteScheduled(visit, target, scheduling);
    const position: TaskPosition = {
      kind: 'task',
      ...visit.stay(),
      scheduled,
      token: visit.token,
      submitted: false,
      submission: undefined,
      deadline: timeout === undefined ? undefined : visit.at + timeout * 1_000,
      heartbeat: visit.token === undefined ? undefined : heartbeat,
    };
    return { kind: 'suspend', position, call: this.#call(target, position, { timeout, heartbeat }) };
  }

  resume(visit: Visit, happened: ThreadStimulus, position: Position): Outcome {
    if (position.kind !== 'task') return this.enter(visit);
    switch (happened.kind) {
      case 'taken':
        if (!position.submitted) this.#integration.noteTaken?.(visit, happened.worker);
        return { kind: 'suspend', position: { ...position, submitted: true } };
      case 'submitted':
        return this.#submitted(visit, happened, position);
      case 'returned':
        return this.#returned(visit, happened);
      case 'token-succeeded': {
        const output = this.#readAnswer(visit, happened.output);
        return this.#succeed(visit, this.#integration.noteAnswered(visit, output));
      }
      case 'threw':
      case 'token-failed':
        return this.#fail(visit, happened);
      case 'timed-out':
        return this.#timeOut(visit, happened.what);
      default:
        throw new Error(`A task cannot go on by '${happened.kind}'.`);
    }
  }

  recover(visit: Visit, failure: StateFailure): Outcome | undefined {
    return this.#recovery.recover(visit, failure);
  }

  recall(visit: Visit, position: TaskPosition, parameters: Json = null): Call {
    const target = this.#integration.target(parameters, visit);
    const timing = { timeout: undefined, heartbeat: position.heartbeat };
    return { ...this.#call(target, position, timing), thread: visit.thread.id };
  }

  #call(
    target: Target,
    { scheduled, token, submission }: TaskPosition,
    timing: ReturnType<Timing>,
  ): RequestedCall {
    const { pattern } = this.#integration;
    return { target, state: this.name, scheduled, pattern, token, submission, ...timing };
  }

  #submitted(
    visit: Visit,
    { payload, whole = false }: Extract<ThreadStimulus, { kind: 'submitted' }>,
    position: TaskPosition,
  ): Outcome {
    const answer = this.#readAnswer(visit, payload);
    this.#integration.noteSubmitted(visit, answer, whole);
    const submission = this.#integration.pattern === 'sync' ? answer : undefined;
    return { kind: 'suspend', position: { ...position, submitted: true, submission } };
  }

  #returned(
    visit: Visit,
    { payload, whole = false }: Extract<ThreadStimulus, { kind: 'returned' }>,
  ): Outcome {
    const answer = this.#readAnswer(visit, payload);
    return this.#succeed(visit, this.#integration.noteReturned(visit, answer, whole), answer);
  }

  #readAnswer(visit: Visit, payload: string): JsonData {
    try {
      return withinLimit(JsonData.parse(payload), this.name);
    } catch (error) {
      if (error instanceof StateFailure)
        return this.#fail(visit, { error: error.error, cause: error.explanation });
      const cause = `The function answered with something that is no JSON: ${String(error)}`;
      return this.#fail(visit, { error: 'Lambda.Unknown', cause });
    }
  }

  #succeed(visit: Visit, raw: JsonData, answer: JsonData = raw): Outcome {
    visit.probe?.('result', raw.value);
    return leave(visit, this.#next, this.#flow.finish(visit, raw.value, answer));
  }

  #fail(visit: Visit, failure: TaskFailureNote): never {
    this.#integration.noteFailed(visit, failure);
    throw new StateFailure(failure);
  }

  /** AWS names both the same; a Retry or Catch may tell them apart. */
  #timeOut(visit: Visit, what: 'task' | 'heartbeat'): never {
    this.#integration.noteTimedOut(visit, states.timeout);
    const aliases = what === 'heartbeat' ? [states.heartbeatTimeout] : [];
    throw new StateFailure({ error: states.timeout, aliases });
  }
}

function readIntegration(fields: Fields): Integration {
  const arn = fields.requiredText('Resource');
  const integration = findIntegration(arn);
  if (integration !== undefined) return integration;
  if (arn !== '')
    fields.complain(
      `The resource provided ${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
      'Resource',
    );
  return findIntegration('arn:aws:states:::lambda:invoke') as Integration;
}
