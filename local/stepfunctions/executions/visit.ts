import type { Json } from '../../../shared/domain/json.ts';
import { JsonData as Data, emptyObject, type JsonData } from '../data-flow/json-data.ts';
import { withinLimit } from '../data-flow/limits.ts';
import type { Scope } from '../data-flow/scope.ts';
import { randomUuid } from '../data-flow/uuid.ts';
import type { Filters } from '../definition/common-fields.ts';
import type { RetryCounts } from '../errors/retry.ts';
import type { StateType } from '../history/events.ts';
import type { Recorder } from '../history/recorder.ts';
import { contextObject } from './context-object.ts';
import type { ExecutionFacts } from './execution.ts';
import type { Stay } from './position.ts';

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
}

/** What a state is given to work with during one transition. */
export class Visit {
  readonly facts: ExecutionFacts;
  readonly history: Recorder;
  readonly at: number;
  readonly entropy: Entropy;
  readonly name: string;
  readonly type: StateType;
  readonly input: JsonData;
  readonly entered: number;
  readonly enteredAt: number;
  retries: RetryCounts;
  /** Task token of the attempt in hand. */
  token: string | undefined;

  constructor(facts: ExecutionFacts, history: Recorder, moment: Moment, stay: Stay & { type: StateType }) {
    this.facts = facts;
    this.history = history;
    this.at = moment.at;
    this.entropy = moment.entropy;
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

  scope(input: Json): Scope {
    const random = (): number => this.entropy.random();
    const context = (): Json => contextObject(this);
    return { input, context, variable: () => undefined, random, uuid: () => randomUuid(random) };
  }

  effectiveInput({ inputPath }: Filters): Json {
    if (inputPath === undefined) return this.input.value;
    return inputPath === null ? emptyObject.value : inputPath.read(this.scope(this.input.value));
  }

  /** The state's output, filtered and of allowed size. */
  output({ outputPath }: Filters, whole: Json, known?: JsonData): JsonData {
    if (outputPath === null) return emptyObject;
    const value = outputPath === undefined ? whole : outputPath.read(this.scope(whole));
    return withinLimit(this.data(value, known), this.name);
  }

  /** A value as data; the state's input and `known` are recognised, so that their text is not made again. */
  data(value: Json, known?: JsonData): JsonData {
    if (value === known?.value) return known;
    return value === this.input.value ? this.input : Data.of(value);
  }
}
