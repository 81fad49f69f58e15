import type { Worker } from '../domain/events.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Launch, LaunchedFor, TaskLauncher } from '../ports/task-launcher.ts';
import type { CommandInput, ReportAnswer, ReportMessage } from '../protocol/report.ts';
import { type ScriptedCommand, ScriptedWorker } from './scripted-worker.ts';

/** Where a worker can die: before that step, the one before being done. */
export type LifePoint = 'claim' | 'command' | 'upload' | 'report';

export interface ScriptedLauncherOptions {
  readonly blobs: Blobs;
  readonly clock: Clock;
  /** What the handler `report` does with a message under a ticket. */
  readonly report: (ticket: string, message: ReportMessage) => Promise<ReportAnswer>;
  /** What a command line does. */
  readonly command: (input: CommandInput, launch: Launch) => ScriptedCommand;
  /** Whether a worker dies at this point; it never does by default. */
  readonly dies?: (launch: Launch, point: LifePoint) => boolean;
}

/** Workers as functions, for simulation: they claim, work on the virtual clock, report, and die when they are told to. */
export class ScriptedLauncher implements TaskLauncher {
  readonly isolation = 'process';
  readonly kinds = ['process'] as const;
  readonly #options: ScriptedLauncherOptions;
  readonly #workers = new Map<string, ScriptedWorker>();
  #count = 0;

  constructor(options: ScriptedLauncherOptions) {
    this.#options = options;
  }

  async launch(launch: Launch): Promise<void> {
    this.#count += 1;
    const identity = {
      kind: 'process',
      id: String(this.#count),
      started: String(this.#options.clock.now()),
    } as const;
    const worker = new ScriptedWorker(this.#options, { launch, identity });
    this.#workers.set(identity.id, worker);
    void worker.work().finally(() => this.#workers.delete(identity.id));
  }

  async stop({ id }: Worker): Promise<void> {
    this.#workers.get(id)?.kill();
    this.#workers.delete(id);
  }

  async alive({ id, started }: Worker): Promise<boolean> {
    return this.#workers.get(id)?.identity.started === started;
  }

  async launched({ run, operation }: LaunchedFor): Promise<boolean> {
    return [...this.#workers.values()].some(
      ({ launch }) => launch.run === run && launch.operation === operation,
    );
  }

  /** As at boot: kills every worker. Returns how many there were. */
  async killLeftovers(): Promise<number> {
    const left = [...this.#workers.values()];
    for (const { identity } of left) await this.stop(identity);
    return left.length;
  }
}
