import type { Json } from '../../../shared/domain/json.ts';
import { type Flow, readFlow } from '../data-flow/flow.ts';
import { isObject } from '../data-flow/is-object.ts';
import { JsonData } from '../data-flow/json-data.ts';
import { type Next, readNext } from '../definition/common-fields.ts';
import type { Fields } from '../definition/fields.ts';
import type { Nested } from '../definition/machine.ts';
import { states } from '../errors/names.ts';
import { Recovery } from '../errors/recovery.ts';
import { EvaluationFailure, StateFailure } from '../errors/state-failure.ts';
import type { Position, TaskPosition } from '../executions/position.ts';
import type { ThreadStimulus } from '../executions/stimulus.ts';
import type { Visit } from '../executions/visit.ts';
import { givenLabel, mapRunArn, mapRunId } from '../map-runs/names.ts';
import type { Call, MapRunTarget, RequestedCall } from '../tasks/call.ts';
import { type MapRunFields, readMapRunFields } from './map-run-fields.ts';
import { leave, type Outcome, type State } from './state.ts';

/** Whether the fields of a Map state ask for child executions instead of iterations. */
export function isDistributed(fields: Fields): boolean {
  const processor = fields.json(fields.has('Iterator') ? 'Iterator' : 'ItemProcessor');
  const config = isObject(processor) ? processor['ProcessorConfig'] : undefined;
  return isObject(config) && config['Mode'] === 'DISTRIBUTED';
}

/** Runs its item processor as a child execution for every item, or batch of items; waits for the map run of them. */
export function compileDistributedMap(
  name: string,
  fields: Fields,
  nested: (fields: Fields) => Nested,
): State {
  return new DistributedMapState(name, fields, nested);
}

class DistributedMapState implements State {
  readonly type = 'Map';
  readonly name: string;
  readonly targets: readonly string[];
  readonly #next: Next;
  readonly #flow: Flow;
  readonly #fields: MapRunFields;
  readonly #recovery: Recovery;

  constructor(name: string, fields: Fields, nested: (fields: Fields) => Nested) {
    this.name = name;
    this.#next = readNext(fields);
    this.#flow = readFlow(fields, { selector: true, resultPath: true });
    this.#fields = readMapRunFields(fields, nested);
    this.#recovery = new Recovery(fields);
    this.targets = [...(this.#next === undefined ? [] : [this.#next]), ...this.#recovery.targets];
  }

  enter(visit: Visit): Outcome {
    const input = this.#flow.effective(visit);
    const begin = this.#fields.begin(visit, input);
    visit.note(['MapStateStarted', begin.items?.items.length ?? 0]);
    const order = this.#evaluated(visit, () => this.#fields.order(visit, input, begin));
    const target = this.#target(visit, visit.history.last + 1, () => order);
    const scheduled = visit.note(['MapRunStarted', target.arn]);
    const position: TaskPosition = {
      kind: 'task',
      ...visit.stay(),
      scheduled,
      token: undefined,
      submitted: false,
      submission: undefined,
      deadline: undefined,
      heartbeat: undefined,
    };
    return { kind: 'suspend', position, call: this.#call(target, scheduled) };
  }

  resume(visit: Visit, happened: ThreadStimulus, position: Position): Outcome {
    if (position.kind !== 'task') return this.enter(visit);
    switch (happened.kind) {
      case 'returned':
        visit.noteAside(['MapRunSucceeded']);
        return this.settle(visit, JsonData.parse(happened.payload).value);
      case 'threw':
        return this.#fail(visit, happened);
      default:
        throw new Error(`A map run cannot go on by '${happened.kind}'.`);
    }
  }

  /** The state's exit follows the start of the map run, as AWS tells it. */
  settle(visit: Visit, result: Json): Outcome {
    visit.history.record(['MapStateSucceeded'], visit.history.last);
    return leave(visit, this.#next, this.#flow.finish(visit, result));
  }

  /** A mistake in the state's own fields ends the execution without a word of the state. */
  recover(visit: Visit, failure: StateFailure): Outcome | undefined {
    const silent = failure.error === states.runtime && !visit.branchFailed;
    return this.#recovery.recover(visit, failure, () => silent || visit.note(['MapStateFailed']));
  }

  /** Its fields are evaluated again only where the map run has not begun. */
  recall(visit: Visit, { scheduled }: TaskPosition): Call {
    const target = this.#target(visit, scheduled, (settled) => {
      const again = visit.withSettled(settled);
      const input = this.#flow.effective(again);
      return this.#fields.order(again, input, this.#fields.begin(again, input));
    });
    return { ...this.#call(target, scheduled), thread: visit.thread.id };
  }

  #target({ facts }: Visit, started: number, order: MapRunTarget['order']): MapRunTarget {
    const label = this.#fields.label ?? givenLabel(facts, this.name);
    const uuid = mapRunId(facts, started);
    return { kind: 'map-run', uuid, label, arn: mapRunArn(facts.machineArn, label, uuid), order };
  }

  #call(target: MapRunTarget, scheduled: number): RequestedCall {
    const { name: state } = this;
    const untimed = { token: undefined, timeout: undefined, heartbeat: undefined };
    return { target, state, scheduled, pattern: 'request', ...untimed };
  }

  #fail(visit: Visit, { error, cause }: { error: string | undefined; cause: string | undefined }): never {
    // What came of the map run is right then, only too much for the state.
    if (error === states.dataLimitExceeded) visit.note(['MapRunSucceeded']);
    else visit.note(['MapRunFailed', error, cause]);
    visit.branchFailed = true;
    throw new StateFailure({ error, cause });
  }

  /** What is wrong with an expression is told as if the state had not begun yet. */
  #evaluated<T>(visit: Visit, evaluate: () => T): T {
    try {
      return evaluate();
    } catch (error) {
      if (error instanceof EvaluationFailure) visit.thread.last = visit.entered;
      throw error;
    }
  }
}
