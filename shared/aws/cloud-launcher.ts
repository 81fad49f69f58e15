import type { Worker } from '../domain/events.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Launch, LaunchedFor, TaskLauncher } from '../ports/task-launcher.ts';

export interface CloudLauncherOptions {
  readonly functions: TaskLauncher;
  /** Absent where no tasks are set up: then long commands go to functions, as far as their time goes. */
  readonly tasks?: TaskLauncher;
}

/** Runs each command in the place that its directive names. */
export class CloudLauncher implements TaskLauncher {
  readonly isolation: Worker['kind'];
  readonly kinds: readonly Worker['kind'][];
  readonly #functions: TaskLauncher;
  readonly #tasks: TaskLauncher | undefined;

  constructor({ functions, tasks }: CloudLauncherOptions) {
    this.#functions = functions;
    this.#tasks = tasks;
    this.isolation = functions.isolation;
    this.kinds = [...functions.kinds, ...(tasks?.kinds ?? [])];
  }

  launch(launch: Launch): Promise<void> {
    const launcher = launch.place === 'task' ? (this.#tasks ?? this.#functions) : this.#functions;
    return launcher.launch(launch);
  }

  async stop(worker: Worker): Promise<void> {
    await this.#of(worker).stop(worker);
  }

  async alive(worker: Worker): Promise<boolean> {
    return this.#of(worker).alive(worker);
  }

  async launched(which: LaunchedFor): Promise<boolean> {
    return (await this.#functions.launched(which)) || ((await this.#tasks?.launched(which)) ?? false);
  }

  #of({ kind, id }: Worker): TaskLauncher {
    const launcher = [this.#functions, this.#tasks].find((one) => one?.kinds.includes(kind));
    if (launcher) return launcher;
    throw new TandemError('internal', { message: `The worker ${kind} ${id} was not launched here.` });
  }
}
