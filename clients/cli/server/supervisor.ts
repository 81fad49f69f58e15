import { join } from 'node:path';
import { errorCatalogue } from '../../../shared/errors/catalogue.ts';
import { ApiError, isApiError } from '../../sdk/api-error.ts';
import { type ServerEnd, ServerProcess } from './server-process.ts';

/** A server that ends sooner after its start than this, in milliseconds, has not recovered. */
const recoveredMs = 2_000;

/** So many times in a row, and it is given up. */
const fruitlessStarts = 3;

export interface SupervisorOptions {
  readonly data: string;
  readonly port?: number;
  /** Told when the server has ended by itself and is started again. */
  readonly onRestart: (end: ServerEnd) => void;
  /** Told when it takes requests again. */
  readonly onReturn: () => void;
}

/** Keeps a server running: one that ends by itself is started again on the same data and port. */
export class Supervisor {
  /** Rejects when the server cannot be kept running. */
  readonly failed: Promise<never>;
  readonly #options: SupervisorOptions;
  readonly #fail: (error: unknown) => void;
  #server: ServerProcess;
  #stopping = false;

  private constructor(options: SupervisorOptions, server: ServerProcess) {
    this.#options = options;
    this.#server = server;
    const { promise, reject } = Promise.withResolvers<never>();
    this.failed = promise;
    this.#fail = reject;
    promise.catch(() => {});
    this.#keep().catch(this.#fail);
  }

  static async start(options: SupervisorOptions): Promise<Supervisor> {
    return new Supervisor(options, await ServerProcess.start(options));
  }

  get url(): string {
    return this.#server.url;
  }

  get pid(): number {
    return this.#server.pid;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#server.stop();
  }

  async #keep(): Promise<void> {
    for (let fruitless = 0; ; ) {
      const started = performance.now();
      const end = await this.#server.ended;
      if (this.#stopping) return;
      fruitless = performance.now() - started < recoveredMs ? fruitless + 1 : 0;
      if (fruitless === fruitlessStarts) throw notKept(end, this.#options.data);
      this.#options.onRestart(end);
      const server = await this.#startAgain();
      this.#server = server;
      // Asked to stop while it was starting.
      if (this.#stopping) await server.stop();
      else this.#options.onReturn();
    }
  }

  /** On its own port, where those look for it who follow runs. */
  async #startAgain(): Promise<ServerProcess> {
    const port = Number(new URL(this.url).port);
    try {
      return await ServerProcess.start({ ...this.#options, port });
    } catch (error) {
      throw isApiError(error, 'port.taken') ? portLost(port, this.#options.data) : error;
    }
  }
}

function portLost(port: number, data: string): ApiError {
  return new ApiError({
    code: 'port.taken',
    message: `While the server was away, another program has taken its port ${port}`,
    status: errorCatalogue['port.taken'].status,
    retryable: false,
    remedy: `Nothing is lost: start a server on ${data} again, with another --port or once ${port} is free.`,
  });
}

function notKept({ code, signal }: ServerEnd, data: string): ApiError {
  return new ApiError({
    code: 'server.unreachable',
    message: `The server ends right after it has started (${signal ?? `code ${code}`})`,
    status: errorCatalogue['server.unreachable'].status,
    retryable: false,
    remedy: `Its log is ${join(data, 'server.log')}; \`npx tandem doctor\` checks what it needs.`,
  });
}
