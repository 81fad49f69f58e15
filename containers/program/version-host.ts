import { isTandemError, TandemError } from '../../shared/errors/tandem-error.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { ProgramAnswers, ProgramRun, ProgramTurn } from '../../shared/ports/program-host.ts';
import { ChildLost } from './child-lost.ts';
import type { WarmChild } from './warm-child.ts';

export interface VersionHostOptions {
  /** Starts a process that has loaded the bundle; throws `definition.invalid` when it cannot be loaded. */
  readonly startChild: () => Promise<WarmChild>;
  readonly clock: Clock;
  /** Milliseconds without a question after which the process is stopped. */
  readonly idleMs: number;
}

/** The programs of one version of one tenant, in one process that runs only as long as it is asked. */
export class VersionHost {
  readonly #options: VersionHostOptions;
  #child: Promise<WarmChild> | undefined;
  /** The last question of each run that is being asked: questions of one run are put one after the other. */
  readonly #asked = new Map<string, Promise<unknown>>();
  #askedAt = 0;
  /** The last run that is asked in a process of its own. */
  #alone: Promise<unknown> = Promise.resolve();
  #stopTimer: (() => void) | undefined;

  constructor(options: VersionHostOptions) {
    this.#options = options;
  }

  async next(run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
    const before = this.#asked.get(run.run);
    const turn = before ? before.then(() => this.#next(run, answers)) : this.#next(run, answers);
    const settled = turn.catch(() => {});
    this.#asked.set(run.run, settled);
    this.#askedAt = this.#options.clock.now();
    try {
      return await turn;
    } finally {
      if (this.#asked.get(run.run) === settled) this.#asked.delete(run.run);
    }
  }

  release(run: string): void {
    this.#child?.then((child) => child.release(run)).catch(() => {});
  }

  /** Whether it has a process, or starts one. */
  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** Ends the process; the next question starts another. */
  async stop(): Promise<void> {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const child = this.#child;
    this.#child = undefined;
    await child?.then((started) => started.stop()).catch(() => {});
  }

  async #next(run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
    this.#child ??= this.#start();
    const asked = this.#child;
    try {
      return await (await asked).next(run, answers);
    } catch (error) {
      if (this.#child === asked && (error instanceof ChildLost || isTandemError(error)))
        this.#child = undefined;
      return this.#without(error, run, answers);
    }
  }

  /** A question that could not be answered, because of `error`. */
  #without(error: unknown, run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
    if (isTandemError(error, 'definition.invalid')) return Promise.resolve(failure(error));
    if (!(error instanceof ChildLost)) throw error;
    if (error.reason === 'closed') throw new TandemError('server.stopping', { cause: error });
    if (error.awaited === 0) return this.#next(run, answers);
    if (error.awaited === 1 && error.reason === 'unresponsive') return Promise.resolve(failureOf(error));
    return this.#askAlone(run, answers);
  }

  /**
   * Of several runs that were being executed it is not known which one the process was lost to: each is asked again in
   * a process of its own, one at a time, and only the one that is to blame fails.
   */
  #askAlone(run: ProgramRun, answers: ProgramAnswers): Promise<ProgramTurn> {
    const turn = this.#alone.then(async () => {
      const child = await this.#options.startChild();
      try {
        return await child.next(run, answers);
      } catch (error) {
        if (!(error instanceof ChildLost) || error.reason === 'closed') throw error;
        return failureOf(error);
      } finally {
        await child.stop();
      }
    });
    this.#alone = turn.catch(() => {});
    return turn;
  }

  #start(): Promise<WarmChild> {
    const child = this.#options.startChild();
    child.catch(() => {
      if (this.#child === child) this.#child = undefined;
    });
    this.#stopTimer ??= this.#stopWhenIdle();
    return child;
  }

  /** One timer at a time, which finds out when it fires whether there were questions meanwhile. */
  #stopWhenIdle(): () => void {
    const { clock, idleMs } = this.#options;
    return clock.at(Math.max(clock.now(), this.#askedAt) + idleMs, () => {
      this.#stopTimer = undefined;
      const idle = this.#asked.size === 0 && clock.now() >= this.#askedAt + idleMs;
      if (idle) void this.stop();
      else this.#stopTimer = this.#stopWhenIdle();
    });
  }
}

function failureOf({ reason, message }: ChildLost): ProgramTurn {
  const code = reason === 'unresponsive' ? 'program.unresponsive' : 'program.failed';
  const what = reason === 'unresponsive' ? 'The program' : 'The process of the program was lost:';
  return failure(new TandemError(code, { message: `${what} ${message}.` }));
}

function failure({ code, message, details }: TandemError): ProgramTurn {
  const given = details as Extract<ProgramTurn, { kind: 'failed' }>['error']['details'];
  return { kind: 'failed', error: { code, message, ...(given ? { details: given } : {}) } };
}
