import { Worker } from 'node:worker_threads';
import { type Outcome, stoppedBy } from '../outcome.ts';
import type { Job } from './job.ts';

export interface ThreadsOptions {
  /** Threads at most. */
  readonly size: number;
  /** Milliseconds that one evaluation may take on a thread that is ready. */
  readonly deadlineMs: number;
  /** Megabytes that a thread may hold. */
  readonly memoryMb: number;
}

interface Waiting {
  readonly job: Job;
  answer(outcome: Outcome): void;
}

function diedOf(error: Error & { readonly code?: string }): Outcome {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return stoppedBy('memory');
  return { kind: 'failed', why: `: ${error.message}` };
}

/** A few threads that evaluate expressions; one that overruns its time or memory is ended, and another takes its place. */
export class Threads {
  readonly #options: ThreadsOptions;
  readonly #waiting: Waiting[] = [];
  readonly #threads = new Set<Thread>();
  #closed = false;

  constructor(options: ThreadsOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  evaluate(job: Job): Promise<Outcome> {
    return new Promise((answer) => {
      this.#waiting.push({ job, answer });
      this.#hand();
    });
  }

  /** What is under way or waiting ends as stopped. */
  async close(): Promise<void> {
    this.#closed = true;
    const ending = [...this.#threads].map((thread) => thread.end(stoppedBy('steps')));
    for (const { answer } of this.#waiting.splice(0)) answer(stoppedBy('steps'));
    await Promise.all(ending);
  }

  #hand(): void {
    while (this.#waiting.length > 0 && !this.#closed) {
      const thread = this.#free();
      const next = thread && this.#waiting.shift();
      if (next === undefined) return;
      thread?.evaluate(next);
    }
  }

  #free(): Thread | undefined {
    const idle = [...this.#threads].find((thread) => !thread.busy);
    if (idle !== undefined || this.#threads.size >= this.#options.size) return idle;
    const thread = new Thread(this.#options, {
      free: () => this.#hand(),
      gone: () => {
        this.#threads.delete(thread);
        this.#hand();
      },
    });
    this.#threads.add(thread);
    return thread;
  }
}

interface Listener {
  free(): void;
  gone(): void;
}

class Thread {
  readonly #worker: Worker;
  readonly #deadlineMs: number;
  #current: Waiting | undefined;
  /** Of no use any more: it only has to be gone. */
  #broken = false;
  #ready = false;
  #deadline: NodeJS.Timeout | undefined;

  constructor({ deadlineMs, memoryMb }: ThreadsOptions, listener: Listener) {
    this.#deadlineMs = deadlineMs;
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
      stdin: false,
      env: {},
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (message: string) => {
      this.#hear(message);
      if (!this.busy) listener.free();
    });
    this.#worker.on('error', (error: Error & { readonly code?: string }) => this.#fail(diedOf(error)));
    this.#worker.on('exit', () => {
      this.#fail(stoppedBy('steps'));
      listener.gone();
    });
  }

  get busy(): boolean {
    return this.#broken || this.#current !== undefined;
  }

  evaluate(waiting: Waiting): void {
    this.#current = waiting;
    // Somebody waits for this: the process has to live until it is answered.
    this.#worker.ref();
    if (this.#ready) this.#start(waiting);
  }

  async end(outcome: Outcome): Promise<void> {
    this.#fail(outcome);
    await this.#worker.terminate();
  }

  #start({ job }: Waiting): void {
    this.#deadline = setTimeout(() => void this.end(stoppedBy('steps')), this.#deadlineMs);
    this.#worker.postMessage(job);
  }

  #hear(message: string): void {
    if (!this.#ready) {
      this.#ready = true;
      if (this.#current !== undefined) this.#start(this.#current);
      return;
    }
    this.#worker.unref();
    this.#answer(JSON.parse(message) as Outcome);
  }

  #fail(outcome: Outcome): void {
    this.#broken = true;
    this.#answer(outcome);
  }

  #answer(outcome: Outcome): void {
    clearTimeout(this.#deadline);
    const answered = this.#current;
    this.#current = undefined;
    answered?.answer(outcome);
  }
}
