import { setTimeout as pause } from 'node:timers/promises';
import { tell } from './tell.ts';

export interface Insistence {
  /** Is said of an attempt that has failed. */
  readonly what: string;
  /** Longest pause between two attempts, in milliseconds. */
  readonly longestMs: number;
  readonly stop: AbortSignal;
}

/** Tries until it works, ever more slowly, and says each new reason why it does not. */
export async function insist<T>(
  { what, longestMs, stop }: Insistence,
  attempt: () => Promise<T>,
): Promise<T> {
  let said = '';
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      stop.throwIfAborted();
      const why = wordsOf(error);
      if (why !== said) tell(`${what}: not yet (${why})`);
      said = why;
      await pause(Math.min(longestMs, 250 * 2 ** failures), undefined, { signal: stop });
    }
  }
}

/** The first line of what an error says; errors of several connections say nothing themselves. */
function wordsOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return (message || code || String(error)).split('\n', 1)[0] ?? '';
}
