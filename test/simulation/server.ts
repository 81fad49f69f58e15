import { type TaskName, taskHandlers, taskNames } from '../../functions/tasks/handlers.ts';
import type { LambdaFunctions } from '../../local/stepfunctions/functions.ts';
import type { Api } from '../../shared/application/api.ts';
import { type App, createApp } from '../../shared/application/app.ts';
import { createApi } from '../../shared/application/create-api.ts';
import type { Ports } from '../../shared/application/ports.ts';
import { never } from './turns.ts';

/** Its process has died; whoever called it will never know what became of the call. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** What a call of a dead process runs into where it has to be answered at once. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** One process that serves requests and steps, until it dies. */
export class Server {
  readonly app: App;
  readonly api: Api;
  readonly #handlers: Readonly<Record<TaskName, (payload: string) => Promise<string>>>;
  readonly #death = Promise.withResolvers<never>();
  #alive = true;

  /** `portsOf` makes the ports of this process. */
  constructor(portsOf: (server: Server) => Ports) {
    this.app = createApp(portsOf(this));
    this.api = createApi(this.app);
    this.#handlers = taskHandlers(this.app);
    this.#death.promise.catch(() => {});
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Nothing it was doing goes on, and nobody is answered. */
  die(): void {
    this.#alive = false;
    this.#death.reject(new ConnectionLost());
  }

  /** A request from outside: answered, or cut off by the death of the process. */
  request<T>(ask: (api: Api) => Promise<T>): Promise<T> {
    if (!this.#alive) return Promise.reject(new ConnectionLost());
    return Promise.race([ask(this.api), this.#death.promise]);
  }

  /** A step of the run machine; as a request. */
  invoke(name: TaskName, payload: string): Promise<string> {
    if (!this.#alive) return Promise.reject(new ConnectionLost());
    return Promise.race([this.#handlers[name](payload), this.#death.promise]);
  }

  /** Makes a call unless the process is dead by then; hands out its answer unless it died meanwhile. */
  async unlessDead<T>(work: () => T | Promise<T>): Promise<T> {
    if (!this.#alive) return never();
    try {
      const answer = await work();
      return this.#alive ? answer : never();
    } catch (error) {
      if (!this.#alive) return never();
      throw error;
    }
  }
}

/** The functions behind the run machine, as the engine calls them. */
export function engineFunctions(
  invoke: (name: TaskName, payload: string) => Promise<string>,
): LambdaFunctions {
  return Object.fromEntries(
    taskNames.map((name) => [name, { repeatable: true, invoke: (payload: string) => invoke(name, payload) }]),
  );
}
