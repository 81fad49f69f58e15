import type { TandemError } from '../../shared/errors/tandem-error.ts';
import type { Logger } from '../../shared/logging/logger.ts';
import type { Principal } from '../../shared/ports/identity.ts';

/** One answered request. */
export interface Access {
  readonly requestId: string;
  readonly method: string;
  /** Template of the route, so that requests can be counted by it; the path where no route was found. */
  readonly route: string;
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly caller?: Principal | undefined;
  readonly error?: TandemError | undefined;
}

/**
 * Writes the line of one request: `error` when it was our fault, with all that is known of it; `warn` when somebody was
 * asked to come again, while starting or stopping for instance.
 */
export function logAccess(log: Logger, access: Access): void {
  const { error, caller } = access;
  const level = levelOf(error);
  if (!log.enabled(level)) return;
  log[level]('request', {
    requestId: access.requestId,
    method: access.method,
    route: access.route,
    status: access.status,
    ms: Math.round(access.duration * 1_000) / 1_000,
    ...(caller && { tenant: caller.tenant, subject: caller.subject }),
    ...(error && { code: error.code }),
    ...(level === 'error' && { error }),
  });
}

function levelOf(error: TandemError | undefined): 'info' | 'warn' | 'error' {
  if (error === undefined || error.status < 500) return 'info';
  return error.status === 503 ? 'warn' : 'error';
}
