import { SeededIds } from '../../../shared/memory/seeded-ids.ts';
import { VirtualClock } from '../../../shared/memory/virtual-clock.ts';
import type { Place } from '../arns.ts';
import { JsonData } from '../data-flow/json-data.ts';
import { describeExecution, type ExecutionDescription } from '../describe.ts';
import { StepFunctions } from '../engine.ts';
import type { LambdaFunctions } from '../functions.ts';
import { readEvents } from '../history/read.ts';
import { type WireEvent, wireEvent } from '../history/wire.ts';
import type { Journal } from '../journal/journal.ts';
import { createMemoryJournal } from '../journal/memory.ts';
import type { Objects } from '../map-runs/objects.ts';

export interface HarnessOptions {
  readonly definition: object | string;
  readonly functions?: LambdaFunctions;
  readonly journal?: Journal;
  readonly clock?: VirtualClock;
  readonly machine?: string;
  readonly roleArn?: string;
  readonly place?: Place;
  /** Where distributed Maps read and write. */
  readonly objects?: Objects;
}

/** Turns of the event loop without any event after which an execution is held to be waiting for the clock. */
const quietTurns = 8;

/** An engine with one state machine on a virtual clock. */
export class Harness {
  readonly clock: VirtualClock;
  readonly stepFunctions: StepFunctions;
  readonly machine: string;
  readonly #functions: LambdaFunctions;

  constructor({ definition, functions = {}, clock = new VirtualClock(), ...options }: HarnessOptions) {
    const { journal = createMemoryJournal(), machine = 'machine', roleArn, place, objects } = options;
    this.clock = clock;
    this.machine = machine;
    this.#functions = functions;
    const ids = new SeededIds(1, clock);
    this.stepFunctions = new StepFunctions({
      journal,
      clock,
      ids,
      ...(place === undefined ? {} : { place }),
      ...(objects === undefined ? {} : { objects }),
    });
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
    const role = roleArn === undefined ? {} : { roleArn };
    this.stepFunctions.putStateMachine({ name: machine, definition: text, ...role });
  }

  static async open(options: HarnessOptions): Promise<Harness> {
    const harness = new Harness(options);
    await harness.stepFunctions.open(harness.#functions);
    return harness;
  }

  /** Starts an execution and follows it to its end. */
  async run(input: unknown, name = 'execution'): Promise<ExecutionDescription> {
    await this.start(input, name);
    return this.end(name);
  }

  start(input: unknown, name = 'execution') {
    return this.stepFunctions.start({ machine: this.machine, name, input: JSON.stringify(input) });
  }

  /** Lets everything happen that needs no time. */
  async quiet(name = 'execution'): Promise<void> {
    let seen = '';
    for (let turns = 0; turns < quietTurns; turns += 1) {
      const now = this.#stand(name);
      if (now !== seen) turns = 0;
      seen = now;
      await new Promise(setImmediate);
    }
  }

  /** How far the execution and all that run besides have come: it may wait for children of its own. */
  #stand(name: string): string {
    const { journal } = this.stepFunctions;
    const others = journal.running().map(({ id }) => journal.last(id)?.lastEvent);
    const last = this.stepFunctions.running(this.machine, name)?.lastEvent ?? 0;
    return [last, journal.lastExecution(), ...others].join();
  }

  /** Follows an execution to its end, moving the clock whenever nothing else moves. */
  async end(name = 'execution'): Promise<ExecutionDescription> {
    for (;;) {
      await this.quiet(name);
      const description = this.describe(name);
      if (description.status !== 'RUNNING') return description;
      if (!this.clock.advanceToNext())
        throw new Error(`Execution '${name}' waits for something that never happens.`);
    }
  }

  describe(name = 'execution'): ExecutionDescription {
    const description = describeExecution(this.stepFunctions, { machine: this.machine, name });
    if (description === undefined) throw new Error(`There is no execution '${name}'.`);
    return description;
  }

  history(name = 'execution'): readonly WireEvent[] {
    const { id, input, roleArn } = this.describe(name);
    const { region } = this.stepFunctions.place;
    const execution = { id, input: JsonData.parse(input), roleArn, region };
    const events = readEvents(this.stepFunctions.journal, execution, {
      from: 1,
      to: Number.POSITIVE_INFINITY,
    });
    return events.map(({ event, id, previous, at }) =>
      wireEvent(event, { execution, id, previous, at, includeData: true }),
    );
  }

  /** The types of an execution's events, in order. */
  types(name = 'execution'): readonly string[] {
    return this.history(name).map((event) => event.type);
  }
}
