import { Slots } from './slots.ts';

/**
 * At most so many calls of a function at once, like the reserved concurrency of a Lambda function; further ones wait
 * their turn. For calls that end by themselves only: one that waited for another would wait for ever.
 */
export function limited<A extends readonly unknown[], R>(
  concurrency: number,
  call: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  const slots = new Slots(concurrency);
  return (...args) => slots.use(() => call(...args));
}
