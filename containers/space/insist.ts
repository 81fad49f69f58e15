import { setTimeout as pause } from 'node:timers/promises';

export interface Insistence {
  /** Ends it. */
  readonly stop: AbortSignal;
  /** Whether to try again is no use. */
  readonly isFinal: (error: unknown) => boolean;
}

/** Tries again, ever more slowly, until it works; throws what is final, or why it was stopped. */
export async function insist<T>(attempt: () => Promise<T>, { stop, isFinal }: Insistence): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (isFinal(error)) throw error;
      stop.throwIfAborted();
      const wait = Math.min(2_000, 100 * 2 ** failures);
      await pause(wait, undefined, { signal: stop }).catch(() => stop.throwIfAborted());
    }
  }
}
