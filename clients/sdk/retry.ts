import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from './api-error.ts';

export interface RetryOptions {
  /** Attempts after the first one. */
  readonly retries: number;
  /**
   * Whether doing it twice does no harm. If not, only what a server certainly did not take is tried again: refused
   * with 503, or nobody listening.
   */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal;
}

/** Longest pause between two attempts, in milliseconds. */
const longestPauseMs = 2_000;

/** Calls until it succeeds, throws what a repetition cannot cure, or has been tried often enough. */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (tried >= options.retries || !mayRetry(error, options)) throw error;
      await pause(pauseMs(tried), undefined, options.signal ? { signal: options.signal } : {});
    }
  }
}

function mayRetry(error: unknown, { repeatable, signal }: RetryOptions): boolean {
  if (!(error instanceof ApiError) || !error.retryable || signal?.aborted) return false;
  return repeatable || wasNotTaken(error);
}

function wasNotTaken(error: ApiError): boolean {
  if (error.code !== 'server.unreachable') return error.status === 503;
  return (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
}

/** Doubles from 50 ms; half of it by chance, so that many clients do not come back at once. */
function pauseMs(tried: number): number {
  const full = Math.min(50 * 2 ** tried, longestPauseMs);
  return full / 2 + Math.random() * (full / 2);
}
