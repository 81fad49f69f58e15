import type { Clock } from '../../../shared/ports/clock.ts';
import type { Call } from '../tasks/call.ts';
import type { Performer } from '../tasks/performer.ts';
import type { ExecutionFacts } from './execution.ts';
import type { ThreadStimulus } from './stimulus.ts';

/** Seconds that the service lets a state that is tested by itself take. */
const longestTest = 300;

/** Makes a call outside any execution, and answers the first that comes of it. */
export async function callOnce(
  call: Call,
  facts: ExecutionFacts,
  { clock, performer }: { readonly clock: Clock; readonly performer: Performer },
): Promise<ThreadStimulus> {
  const controller = new AbortController();
  const seconds = Math.min(call.timeout ?? longestTest, longestTest);
  const { promise, resolve } = Promise.withResolvers<ThreadStimulus>();
  const cancel = clock.at(clock.now() + seconds * 1_000, () => resolve({ kind: 'timed-out', what: 'task' }));
  try {
    const performed = performer.perform(call, { facts, signal: controller.signal, tell: resolve });
    // Who resolves without a word has nothing to say.
    void performed.then(() => resolve({ kind: 'timed-out', what: 'task' }));
    return await promise;
  } finally {
    cancel();
    controller.abort();
  }
}
