import { startWorker, type WorkerProcess } from './worker-process.ts';

/** How long a spare worker is kept after the last one was taken, in milliseconds: it holds some 40 MB. */
const keptMs = 60_000;

/** How long after a worker is taken the next spare is started, in milliseconds: out of the way of the command. */
const delayMs = 50;

/** Keeps one worker started in advance, from the first time that one is needed. */
export class Spare {
  readonly #compileCache: string;
  #ready: WorkerProcess | undefined;
  #starting: Promise<void> | undefined;
  #refill: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;

  constructor(compileCache: string) {
    this.#compileCache = compileCache;
  }

  /** A worker: the spare if there is one, or a new one. */
  async take(): Promise<WorkerProcess> {
    const worker = this.#ready;
    this.#ready = undefined;
    this.#refill ??= setTimeout(() => this.#start(), delayMs).unref();
    return worker ?? startWorker(this.#compileCache);
  }

  /** Resolves when no spare is left; none may be taken any more. */
  async close(): Promise<void> {
    clearTimeout(this.#refill);
    await this.#starting;
    await this.#dismiss();
  }

  #start(): void {
    this.#refill = undefined;
    // Without a spare the next command starts a little later: no reason to fail.
    this.#starting ??= this.#keepOne()
      .catch(() => {})
      .finally(() => {
        this.#starting = undefined;
      });
  }

  async #keepOne(): Promise<void> {
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => void this.#dismiss(), keptMs).unref();
    if (this.#ready) return;
    const worker = await startWorker(this.#compileCache);
    this.#ready = worker;
    void worker.ended.then(() => this.#forget(worker));
  }

  #forget(worker: WorkerProcess): void {
    if (this.#ready === worker) this.#ready = undefined;
  }

  async #dismiss(): Promise<void> {
    clearTimeout(this.#expiry);
    const worker = this.#ready;
    this.#ready = undefined;
    worker?.dismiss();
    await worker?.ended;
  }
}
