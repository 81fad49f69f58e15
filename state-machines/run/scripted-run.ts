import type { Journal } from '../../local/stepfunctions/journal/journal.ts';
import { createMemoryJournal } from '../../local/stepfunctions/journal/memory.ts';
import { Harness } from '../../local/stepfunctions/testing/harness.ts';
import { type Scene, ScriptedFunction } from '../../local/stepfunctions/testing/scripted.ts';
import type { Step, TokenStep } from '../../shared/application/step.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { runDefinition } from './definition.ts';

export type FunctionName = 'prepare' | 'advance' | 'dispatch' | 'await' | 'successor' | 'finish';

/** What Advance says is next, in the order it is asked; a run that has said everything finishes. */
export type Story = readonly Step['next'][];

export interface ScriptOptions {
  readonly story: Story;
  readonly timeoutSeconds?: number;
  /** Scenes in place of the usual ones. */
  readonly scenes?: Partial<Record<FunctionName, Scene>>;
  /** What happens to a token that was handed out. */
  readonly onToken?: (step: TokenStep, harness: Harness) => void;
  readonly journal?: Journal;
}

const definition = runDefinition();

/**
 * The run machine with scripted functions, which know of the run only what is in the step: like the real ones, they
 * may be called again after a crash and do then what they did before.
 */
export class ScriptedRun {
  readonly input = { tenant: 'default', run: 'run_1', generation: 1 };
  readonly name = 'run_1-1';
  readonly clock = new VirtualClock();
  /** Every call: function, and for tokens the state. */
  readonly calls: string[] = [];
  readonly events: Partial<Record<FunctionName, unknown>> = {};
  readonly #options: ScriptOptions;

  constructor(options: ScriptOptions) {
    this.#options = options;
  }

  open(journal: Journal = this.#options.journal ?? createMemoryJournal()): Promise<Harness> {
    let harness: Harness | undefined;
    const functions = Object.fromEntries(
      Object.entries({ ...this.#usual(() => harness), ...this.#options.scenes }).map(([name, scene]) => [
        name,
        new ScriptedFunction((event, call) => {
          this.calls.push(name);
          this.events[name as FunctionName] = event;
          return scene(event, call);
        }),
      ]),
    );
    const opening = Harness.open({ definition, functions, journal, clock: this.clock, machine: 'run' });
    return opening.then((opened) => {
      harness = opened;
      return opened;
    });
  }

  /** Follows a run from its start to its end, and returns the names of the states it entered. */
  async walk(): Promise<{
    readonly harness: Harness;
    readonly states: readonly string[];
    readonly status: string;
  }> {
    const harness = await this.open();
    await harness.start(this.input, this.name);
    const { status } = await harness.end(this.name);
    return { harness, states: statesOf(harness, this.name), status };
  }

  #usual(harness: () => Harness | undefined): Record<FunctionName, Scene> {
    const { story, timeoutSeconds = 120, onToken = succeed } = this.#options;
    const step = (event: Step, next: Step['next']): Step => ({
      tenant: event.tenant,
      run: event.run,
      generation: event.generation,
      loop: (event.loop ?? -1) + 1,
      next,
      told: 0,
      ...(next === 'command' || next === 'approval' ? { operation: 7 } : {}),
      timeoutSeconds,
      did: [],
      say: `Next is ${next}`,
    });
    const token: Scene = (event) => {
      // Answered once the function has returned, as a worker or a person would.
      setImmediate(() => {
        const opened = harness();
        if (opened !== undefined) onToken(event as TokenStep, opened);
      });
    };
    return {
      prepare: (event) => step(event as Step, 'advance'),
      advance: (event) => step(event as Step, story[(event as Step).loop] ?? 'finish'),
      dispatch: token,
      await: token,
      successor: () => ({}),
      finish: () => ({}),
    };
  }
}

function succeed({ token }: TokenStep, { stepFunctions }: Harness): void {
  stepFunctions.answer(token, { kind: 'token-succeeded', output: '{}' });
}

export function statesOf(harness: Harness, name: string): readonly string[] {
  return harness.history(name).flatMap((event) => {
    const { stateEnteredEventDetails: entered } = event as { stateEnteredEventDetails?: { name: string } };
    return entered === undefined ? [] : [entered.name];
  });
}
