import type { Digest } from '../domain/content.ts';
import type { Json } from '../domain/json.ts';
import { operationHash } from '../domain/operation-hash.ts';
import { type GuestEnd, startGuest } from '../domain/program-bridge.ts';
import { ProgramSession } from '../domain/program-session.ts';
import type {
  ProgramAnswer,
  ProgramAnswers,
  ProgramHost,
  ProgramRequest,
  ProgramRun,
  ProgramTurn,
} from '../ports/program-host.ts';
import type { Start } from '../protocol/program.ts';

export interface MemoryProgramHostOptions {
  /** The programs, by the digest of their version. */
  readonly programs: ReadonlyMap<Digest, Start>;
  /** Whether runs stay in memory between questions; default true. Without, every question replays from the start. */
  readonly remember?: boolean;
}

/**
 * Runs programs as plain functions of this process: no isolation, no clock, no randomness of its own. For simulations
 * and tests. An endless loop hangs the process.
 */
export function createMemoryProgramHost({
  programs,
  remember = true,
}: MemoryProgramHostOptions): ProgramHost {
  const tenants = new Map<string, Map<string, MemoryRun>>();
  return {
    isolation: 'memory',
    forTenant(tenant) {
      const runs = tenants.get(tenant) ?? new Map<string, MemoryRun>();
      tenants.set(tenant, runs);
      return {
        async next(run, answers) {
          const known = runs.get(run.run);
          const goesOn = known !== undefined && !known.busy && known.position <= answers.count;
          const asked = goesOn ? known : new MemoryRun(programOf(programs, run), run);
          if (remember) runs.set(run.run, asked);
          return asked.next(answers);
        },
        release: (run) => void runs.delete(run),
      };
    },
  };
}

function programOf(programs: ReadonlyMap<Digest, Start>, { agent, version }: ProgramRun): Start {
  const program = programs.get(version);
  if (!program) throw new Error(`No program is registered for version ${version} of ${agent}.`);
  return program;
}

class MemoryRun {
  /** How many answers it has had. */
  position = 0;
  /** Whether a question is being answered: whoever asks meanwhile is answered by a replay. */
  busy = false;
  readonly #program: Start;
  readonly #run: ProgramRun;
  readonly #session = new ProgramSession();
  readonly #open = new Map<number, ProgramRequest>();
  #started = false;

  constructor(program: Start, run: ProgramRun) {
    this.#program = program;
    this.#run = run;
  }

  async next(answers: ProgramAnswers): Promise<ProgramTurn> {
    this.busy = true;
    if (!this.#started) await this.#start();
    const missing = this.position === answers.count ? [] : await answers.after(this.position);
    for (const answer of missing) {
      if (!this.#session.divergence) await this.#deliver(answer);
    }
    this.busy = false;
    return this.#turn();
  }

  async #start(): Promise<void> {
    this.#started = true;
    const { input, seed, createdAt } = this.#run;
    const start = { input: JSON.stringify(input), seed, now: Date.parse(createdAt) };
    await this.#execute(() => this.#session.start(() => startGuest(this.#program, start)));
  }

  async #deliver(answer: ProgramAnswer): Promise<void> {
    this.position += 1;
    this.#open.delete(answer.operation);
    await this.#execute(() => this.#session.deliver(answer));
  }

  async #execute(step: () => void): Promise<void> {
    try {
      step();
    } catch (error) {
      const {
        name,
        message,
        stack = '',
      } = error instanceof Error ? error : new Error(`threw ${String(error)}`);
      this.#session.threw(name, message, stack);
    }
    await atRest();
    this.#session.rested();
    for (const { operation, kind, arguments: text } of this.#session.takeIssued()) {
      const args = JSON.parse(text) as Json;
      this.#open.set(operation, { operation, kind, arguments: args, hash: operationHash(kind, args) });
    }
  }

  #turn(): ProgramTurn {
    const { divergence, end } = this.#session;
    if (divergence) return { kind: 'failed', error: divergence };
    const requests = [...this.#open.values()];
    if (!end) return { kind: 'requests', requests };
    if (end.kind === 'failed') return failed(end);
    return { kind: 'finished', output: JSON.parse(end.output) as Json, requests };
  }
}

function failed({ name, message, stack }: Extract<GuestEnd, { kind: 'failed' }>): ProgramTurn {
  const what = name === '' || name === 'Error' ? message : `${name}: ${message}`;
  const frames = stack.split('\n').filter((line) => /^\s*at /.test(line));
  return {
    kind: 'failed',
    error: {
      code: 'program.failed',
      message: what,
      details: { name, stack: frames.map((line) => line.trim()) },
    },
  };
}

/**
 * Resolves when no microtask is left: Node takes up callbacks of `nextTick` that a microtask has left only after the
 * last microtask, and a program can do nothing but wait for answers and for microtasks. Exact, and without a turn of
 * the event loop.
 */
function atRest(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(() => process.nextTick(resolve));
  });
}
