import { StepFunctions } from '../../local/stepfunctions/engine.ts';
import { createWorkflowEngine } from '../../local/stepfunctions/workflow-engine.ts';
import { SeededIds } from '../../shared/memory/seeded-ids.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { WorkflowEngine } from '../../shared/ports/workflow-engine.ts';
import { runDefinition } from '../../state-machines/run/definition.ts';
import type { OpenJournal } from './journal.ts';
import { engineFunctions } from './server.ts';
import { never } from './turns.ts';
import type { World } from './world.ts';

const definition = runDefinition();

/** The engine that carries runs: dies with the embedded process, or never. */
export class EngineService {
  readonly #world: World;
  #life: Life | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** The port on whichever engine is alive. */
  get port(): WorkflowEngine {
    if (!this.#life) this.#life = new Life(this.#world);
    return this.#life.port;
  }

  async open(): Promise<void> {
    if (!this.#life) this.#life = new Life(this.#world);
    await this.#life.open();
  }

  die(): void {
    this.#life?.die();
    this.#life = undefined;
  }

  /** Ends an execution from outside, as an operator can. */
  abort(name: string): Promise<void> {
    return this.port.stop(name, 'somebody stopped it');
  }
}

class Life {
  readonly #world: World;
  readonly #opened: OpenJournal;
  readonly #engine: StepFunctions;
  readonly port: WorkflowEngine;
  #alive = true;

  constructor(world: World) {
    this.#world = world;
    this.#opened = world.journal.open((flush) => this.#commit(flush));
    const clock = this.#clock();
    const ids = new SeededIds(world.nextSeed(), clock);
    this.#engine = new StepFunctions({ journal: this.#opened.journal, clock, ids });
    this.port = createWorkflowEngine(this.#engine, { name: 'run', definition });
  }

  open(): Promise<void> {
    return this.#engine.open(engineFunctions((name, payload) => this.#world.invoke(name, payload)));
  }

  die(): void {
    this.#alive = false;
    this.#opened.cut();
    this.#engine.close().catch(() => {});
  }

  /** Timers of a dead engine do not fire. */
  #clock(): Clock {
    const { clock } = this.#world;
    return {
      now: () => clock.now(),
      at: (at, callback) => clock.at(at, () => this.#alive && callback()),
    };
  }

  async #commit(flush: () => void): Promise<void> {
    const call = { port: 'journal', method: 'commit', args: [], sync: false };
    const done = this.#world.deliver(call, async () => flush());
    await done.catch((error: unknown) => (this.#alive ? Promise.reject(error) : never()));
  }
}
