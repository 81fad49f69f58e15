import { TandemError } from '../../shared/errors/tandem-error.ts';
import { createLogger } from '../../shared/logging/logger.ts';
import type { HttpHandler } from '../middleware/lambda.ts';
import { problemResult } from '../middleware/problem.ts';

/** Answers for a function that could not be put together: the log says why, and the caller that it is our fault. */
export function unassembled(cause: unknown): HttpHandler {
  const log = createLogger({
    level: 'error',
    write: (line) => void process.stdout.write(line),
    now: Date.now,
  });
  return async ({ path, requestContext: { requestId } }) => {
    log.error('The function could not be put together', { requestId, error: cause });
    return problemResult(new TandemError('internal', { cause }), { requestId, path });
  };
}
