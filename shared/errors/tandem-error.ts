import { type ErrorCode, errorCatalogue } from './catalogue.ts';

/** What an error carries besides its code: the particulars of this one occurrence. */
export interface ErrorDetails {
  /** The cause in the user's terms, one sentence; replaces the catalogue's title. */
  readonly message?: string;
  /** Machine-readable particulars (ids, limits, JSON paths); JSON values only, never secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** The underlying failure, for logs; never shown to a client. */
  readonly cause?: unknown;
}

/**
 * The one error family of Tandem. `code` is stable and has a page in `docs/errors/`;
 * status, retryability and remedy follow from the code, so that retry logic reads types and never messages.
 */
export class TandemError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, particulars: ErrorDetails = {}) {
    super(particulars.message ?? errorCatalogue[code].title, { cause: particulars.cause });
    this.name = 'TandemError';
    this.code = code;
    this.details = particulars.details ?? {};
  }

  /** HTTP status this error is answered with. */
  get status(): number {
    return errorCatalogue[this.code].status;
  }

  /** Whether the same request may succeed later, unchanged. */
  get retryable(): boolean {
    return errorCatalogue[this.code].retryable;
  }

  /** What the reader can do about it, one sentence. */
  get remedy(): string {
    return errorCatalogue[this.code].remedy;
  }
}

/** Narrows to a Tandem error, optionally of one code. */
export function isTandemError(error: unknown, code?: ErrorCode): error is TandemError {
  return error instanceof TandemError && (code === undefined || error.code === code);
}
