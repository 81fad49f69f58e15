import { startWorker, type WorkerProcess } from './worker-process.ts';

/** How long a spare worker is kept after the last one was taken, in milliseconds: it holds some 40 MB. */
const keptMs = 60_000;

/** How long after a worker is taken the next spare is started, in milliseconds: out of the way of the command. */
const delayMs = 50;

/** Keeps one worker started in advance, from the first time that one is needed. */
export class Spare {
  readonly #compileCache: string;
  #ready: WorkerProcess | undefined;
  #refill: NodeJS.Timeout | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(compileCache: string) {
    this.#compileCache = compileCache;
  }

  /** A worker: the spare if there is one, or a new one. */
  async take(): Promise<WorkerProcess> {
    const worker = this.#ready;
    this.#ready = undefined;
    this.#refill ??= setTimeout(() => void this.#prepare(), delayMs).unref();
    return worker ?? startWorker(this.#compileCache);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#refill);
    this.#dismiss();
  }

  async #prepare(): Promise<void> {
    this.#refill = undefined;
    if (this.#ready) return;
    const worker = await startWorker(this.#compileCache).catch(() => undefined);
    this.#ready = worker;
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.#dismiss(), keptMs).unref();
    void worker?.ended.then(() => this.#forget(worker));
    if (this.#closed) this.#dismiss();
  }

  #forget(worker: WorkerProcess): void {
    if (this.#ready === worker) this.#ready = undefined;
  }

  #dismiss(): void {
    clearTimeout(this.#expiry);
    this.#ready?.dismiss();
    this.#ready = undefined;
  }
}
