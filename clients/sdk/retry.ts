import { setTimeout } from 'node:timers/promises';
import { ApiError } from './api-error.ts';

export interface RetryOptions {
  /** Attempts after the first one. */
  readonly retries: number;
  /**
   * Whether doing it twice does no harm. If not, only what a server certainly did not take is tried again: refused
   * with 429 or 503, or nobody listening.
   */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal;
  /** Lets so many milliseconds pass; rejects when the signal is aborted. */
  readonly pause?: Pause;
}

export type Pause = (ms: number, signal?: AbortSignal) => Promise<unknown>;

/** Longest pause between two attempts, in milliseconds. */
const longestPauseMs = 2_000;

/** The longest that a server may ask us to wait, in seconds; who asks for more is not tried again. */
const longestWaitSeconds = 60;

/** Calls until it succeeds, throws what a repetition cannot cure, or has been tried often enough. */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= options.retries || !mayRetry(error, options)) throw error;
      await (options.pause ?? pass)(pauseMs(tried, error), options.signal);
    }
  }
}

const pass: Pause = (ms, signal) => setTimeout(ms, undefined, signal ? { signal } : {});

function mayRetry(error: unknown, { repeatable, signal }: RetryOptions): boolean {
  if (!(error instanceof ApiError) || !error.retryable || signal?.aborted) return false;
  if ((error.retryAfter ?? 0) > longestWaitSeconds) return false;
  return repeatable || wasNotTaken(error);
}

function wasNotTaken(error: ApiError): boolean {
  if (error.code !== 'server.unreachable') return error.status === 503 || error.status === 429;
  return (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
}

/**
 * What a server that limits us asks for, and up to half a second more. Else it doubles from 50 ms, half of it by chance,
 * so that many clients do not come back at once.
 */
function pauseMs(tried: number, error: unknown): number {
  const { status, retryAfter } = error as ApiError;
  if (status === 429 && retryAfter !== undefined) return retryAfter * 1_000 + Math.random() * 500;
  const full = Math.min(50 * 2 ** tried, longestPauseMs);
  return full / 2 + Math.random() * (full / 2);
}
