import type { Logger } from '../shared/logging/logger.ts';

const dayMs = 24 * 3_600_000;

/** Does something every day, for as long as the server runs; returns how to end that. What fails is done again next time. */
export function daily(log: Logger, what: string, work: () => Promise<void>): () => void {
  const timer = setInterval(() => {
    work().catch((error: unknown) => log.error(`${what} failed`, { error }));
  }, dayMs).unref();
  return () => clearInterval(timer);
}
