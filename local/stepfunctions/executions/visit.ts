import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import type { Effort } from '../data-flow/effort.ts';
import { JsonData as Data, type JsonData } from '../data-flow/json-data.ts';
import { maxVariablesBytes, tooManyVariables, withinLimit } from '../data-flow/limits.ts';
import type { Scope } from '../data-flow/scope.ts';
import { randomUuid } from '../data-flow/uuid.ts';
import type { RetryCounts } from '../errors/retry.ts';
import type { HistoryEvent, StateType } from '../history/events.ts';
import type { Recorder } from '../history/recorder.ts';
import { contextObject, type MapItem } from './context-object.ts';
import type { ExecutionFacts } from './execution.ts';
import type { Stay } from './position.ts';
import type { Thread } from './thread.ts';

/** Where the unpredictable comes from. */
export interface Entropy {
  /** In [0, 1). */
  random(): number;
  /** A new task token for the task that the event `scheduled` of an execution schedules. */
  token(execution: number, scheduled: number): string;
}

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly entropy: Entropy;
  /** What evaluations that had to be done elsewhere have come to, by their key. */
  readonly settled?: ReadonlyMap<string, unknown>;
}

/** Told of what a state makes of its data on the way, under the names of TestState's `inspectionData`. */
export type Probe = (name: string, value: Json) => void;

/** What a visit needs to know of the execution around it. */
export interface Surroundings {
  readonly facts: ExecutionFacts;
  readonly history: Recorder;
  readonly moment: Moment;
  /** What its evaluations may still cost. */
  readonly effort: Effort;
  /** The thread of that number, as it stands in this transition. */
  thread(id: number): Thread;
  /** Replaces the context object. */
  readonly context?: (visit: Visit) => Json;
  readonly probe?: Probe;
}

/** What a state is given to work with during one transition. */
export class Visit {
  readonly facts: ExecutionFacts;
  readonly history: Recorder;
  readonly at: number;
  readonly entropy: Entropy;
  readonly thread: Thread;
  readonly name: string;
  readonly type: StateType;
  readonly input: JsonData;
  readonly entered: number;
  readonly enteredAt: number;
  readonly probe: Probe | undefined;
  retries: RetryCounts;
  /** Task token of the attempt in hand. */
  token: string | undefined;
  /** Whether it is a branch of the state that has failed, and not the state itself. */
  branchFailed = false;
  readonly #around: Surroundings;
  #own: MapItem | undefined;
  #settled: ReadonlyMap<string, unknown> | undefined;

  constructor(around: Surroundings, thread: Thread, stay: Stay & { type: StateType }) {
    this.#around = around;
    this.facts = around.facts;
    this.history = around.history;
    this.at = around.moment.at;
    this.entropy = around.moment.entropy;
    this.probe = around.probe;
    this.thread = thread;
    this.name = stay.state;
    this.type = stay.type;
    this.input = stay.input;
    this.entered = stay.entered;
    this.enteredAt = stay.enteredAt;
    this.retries = stay.retries;
  }

  stay(): Stay {
    const { name: state, input, entered, enteredAt, retries } = this;
    return { state, input, entered, enteredAt, retries };
  }

  /** Notes an event on this thread's line. */
  note(event: HistoryEvent): number {
    const id = this.history.record(event, this.thread.last);
    this.thread.last = id;
    return id;
  }

  /** Notes an event beside the line: the next one follows the same predecessor. */
  noteAside(event: HistoryEvent): number {
    return this.history.record(event, this.thread.last);
  }

  get effort(): Effort {
    return this.#around.effort;
  }

  scope(input: Json): Scope {
    const { entropy, effort } = this;
    return {
      input,
      effort,
      context: () => this.context(),
      variable: (name) => this.variable(name),
      random: () => entropy.random(),
      uuid: () => randomUuid(() => entropy.random()),
    };
  }

  context(): Json {
    return this.#around.context?.(this) ?? contextObject(this);
  }

  /** A variable of this thread or, where it has none of that name, of the nearest one around it. */
  variable(name: string): Json | undefined {
    for (let thread: Thread | undefined = this.thread; thread !== undefined; thread = this.#parent(thread)) {
      const own = thread.variables?.value as JsonObject | undefined;
      if (own !== undefined && Object.hasOwn(own, name)) return own[name];
    }
    return undefined;
  }

  /** The same visit, in which an item of its own stands in place of one from around it. */
  withItem(item: MapItem): Visit {
    const visit = this.#again();
    visit.#own = item;
    return visit;
  }

  /** The same visit, after its transition: with what evaluations elsewhere have come to since. */
  withSettled(settled: ReadonlyMap<string, unknown>): Visit {
    const visit = this.#again();
    visit.#settled = settled;
    return visit;
  }

  #again(): Visit {
    const visit = new Visit(this.#around, this.thread, { ...this.stay(), type: this.type });
    visit.#own = this.#own;
    visit.#settled = this.#settled;
    return visit;
  }

  /** The item of the nearest Map state around this one. */
  readonly item = (): MapItem | undefined => {
    if (this.#own !== undefined) return this.#own;
    let { thread } = this;
    for (let parent = this.#parent(thread); parent !== undefined; parent = this.#parent(thread)) {
      const { position } = parent;
      if (position.kind === 'map') {
        const value = (position.items.value as readonly Json[])[thread.index] as Json;
        return { index: thread.index, value, key: position.keys?.[thread.index] };
      }
      thread = parent;
    }
    return undefined;
  };

  /** What `Assign` has come to, as data of allowed size. */
  assigned(variables: Json): Data {
    return withinLimit(Data.of(variables), this.name);
  }

  /** Sets variables of this thread; their other ones stay. */
  assign(assigned: JsonData): void {
    const { thread } = this;
    const before = thread.variables;
    const merged = { ...(before?.value as JsonObject | undefined), ...(assigned.value as JsonObject) };
    const variables = before === undefined ? assigned : Data.of(merged);
    if (Buffer.byteLength(variables.text) > maxVariablesBytes) throw tooManyVariables(this.name);
    thread.variables = variables;
  }

  settled(key: string): unknown {
    return this.#settled?.get(key) ?? this.#around.moment.settled?.get(key);
  }

  /** A value of allowed size as data. */
  limited(value: Json, known?: JsonData): JsonData {
    return withinLimit(this.data(value, known), this.name);
  }

  /** A value as data; the state's input and `known` are recognised, so that their text is not made again. */
  data(value: Json, known?: JsonData): JsonData {
    if (value === known?.value) return known;
    return value === this.input.value ? this.input : Data.of(value);
  }

  #parent({ parent }: Thread): Thread | undefined {
    return parent === undefined ? undefined : this.#around.thread(parent);
  }
}
