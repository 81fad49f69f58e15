import type { Clock } from '../../../shared/ports/clock.ts';

/** Asks again and again until there is an answer; rejects with the signal's reason when it aborts. */
export async function poll<T>(
  { clock, pollMs }: { readonly clock: Clock; readonly pollMs: number },
  signal: AbortSignal,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(clock, clock.now() + pollMs, signal);
  }
}

function pause(clock: Clock, until: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = clock.at(until, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = () => {
      callOff();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
