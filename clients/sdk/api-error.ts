import { type ErrorCode, errorCatalogue } from '../../shared/errors/catalogue.ts';
import type { Problem } from '../../shared/protocol/envelope.ts';

/** What an {@link ApiError} says. */
export interface ApiFailure {
  /** Stable; described in `docs/errors/<code>.md`. A newer server may know more of them than this client. */
  readonly code: string;
  readonly message: string;
  /** HTTP status; 503 when no server answered. */
  readonly status: number;
  /** Whether the same request may succeed later, unchanged. */
  readonly retryable: boolean;
  /** What the reader can do about it, one sentence. */
  readonly remedy: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Names the request in the server's log; absent when no server answered. */
  readonly requestId?: string;
  /** Seconds to wait before it is tried again, where the server names them. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** A request that did not succeed: the server refused it, or no server answered. */
export class ApiError extends Error implements ApiFailure {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly remedy: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId?: string;
  readonly retryAfter?: number;

  constructor(failure: ApiFailure) {
    super(failure.message, { cause: failure.cause });
    this.name = 'ApiError';
    this.code = failure.code;
    this.status = failure.status;
    this.retryable = failure.retryable;
    this.remedy = failure.remedy;
    this.details = failure.details ?? {};
    if (failure.requestId !== undefined) this.requestId = failure.requestId;
    if (failure.retryAfter !== undefined) this.retryAfter = failure.retryAfter;
  }
}

/** Narrows to an error of this client, optionally of one code. */
export function isApiError(error: unknown, code?: ErrorCode): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}

/** The error that a server's problem describes. `retryAfter`: the header of that name, if there is one. */
export function errorOfProblem(problem: Problem, retryAfter: string | null = null): ApiError {
  const { code, detail, status, retryable, remedy, error, meta } = problem;
  return new ApiError({
    code,
    message: detail,
    status,
    retryable,
    remedy,
    details: error.details,
    requestId: meta.requestId,
    ...(retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? { retryAfter: Number(retryAfter) } : {}),
  });
}

/** No server answered, or something that is no Tandem server did. */
export function unreachable(message: string, cause?: unknown): ApiError {
  const { status, retryable, remedy } = errorCatalogue['server.unreachable'];
  return new ApiError({ code: 'server.unreachable', message, status, retryable, remedy, cause });
}
