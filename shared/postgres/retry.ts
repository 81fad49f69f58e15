import { setTimeout as sleep } from 'node:timers/promises';
import { type Failure, failureOf, type Phase, type Server, unavailable } from './failure.ts';

/** What attempts wait for and by; the tests have a time and a chance of their own. */
export interface Pace {
  /** Milliseconds since some moment. */
  now(): number;
  /** From 0 up to below 1. */
  random(): number;
  sleep(ms: number): Promise<unknown>;
}

export const realPace: Pace = {
  now: () => performance.now(),
  random: Math.random,
  sleep: (ms) => sleep(ms),
};

/** Attempts of a statement, and the longest pauses between them in milliseconds; each is a random part of that. */
const attempts = 6;
const pauses = { first: 20, longest: 1_000 } as const;

/** A failure, with the phase it happened in. */
export class PhaseError extends Error {
  readonly phase: Phase;

  constructor(phase: Phase, cause: unknown) {
    super('see cause', { cause });
    this.phase = phase;
  }
}

export interface Attempted<T> {
  readonly value: T;
  /** Whether an attempt before this one may have been done: its answer was lost. */
  readonly doubtful: boolean;
}

export interface RetryOptions {
  readonly server: Server;
  /** Milliseconds to go on looking for a connection. */
  readonly patienceMs: number;
  readonly pace?: Pace;
}

/**
 * Does `work` until it succeeds, unchanged: what PostgreSQL undid or a lost connection cut off a few times, a connection
 * that cannot be had as long as patience lasts. Full jitter: whoever collides would collide again in step. Throws
 * `PhaseError`s' causes in the user's terms.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  { server, patienceMs, pace = realPace }: RetryOptions,
): Promise<Attempted<T>> {
  const deadline = pace.now() + patienceMs;
  let doubtful = false;
  let failed = 0;
  for (let pause = 0; ; pause += 1) {
    try {
      return { value: await work(), doubtful };
    } catch (error) {
      const { cause, failure } = understood(error, server);
      if (failure.kind === 'final') throw failure.error;
      doubtful ||= failure.kind === 'lost';
      failed += failure.kind === 'absent' ? 0 : 1;
      const ms = pace.random() * Math.min(pauses.longest, pauses.first * 2 ** pause);
      if (failed === attempts || pace.now() + ms >= deadline) throw unavailable(cause, server);
      await pace.sleep(ms);
    }
  }
}

function understood(error: unknown, server: Server): { readonly cause: unknown; readonly failure: Failure } {
  if (!(error instanceof PhaseError)) return { cause: error, failure: { kind: 'final', error } };
  return { cause: error.cause, failure: failureOf(error.cause, error.phase, server) };
}
