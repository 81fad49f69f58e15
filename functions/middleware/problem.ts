import type { APIGatewayProxyResult } from 'aws-lambda';
import { errorCatalogue } from '../../shared/errors/catalogue.ts';
import { isTandemError, TandemError } from '../../shared/errors/tandem-error.ts';
import type { Problem } from '../../shared/protocol/envelope.ts';

/** The error as clients may see it: anything that is not ours becomes `internal`, without a word of its own. */
export function publicError(error: unknown): TandemError {
  return isTandemError(error) ? error : new TandemError('internal', { cause: error });
}

/** What an error says to the client. */
export function problemOf(
  error: TandemError,
  request: { readonly requestId: string; readonly path: string },
): Problem {
  return {
    type: `urn:tandem:error:${error.code}`,
    title: errorCatalogue[error.code].title,
    status: error.status,
    detail: error.message,
    instance: request.path,
    code: error.code,
    retryable: error.retryable,
    remedy: error.remedy,
    error: { code: error.code, message: error.message, details: error.details },
    meta: { requestId: request.requestId },
  };
}

/** When to come again, in seconds; for those who are asked to. */
function retryAfter({ status, details }: TandemError): { 'retry-after'?: string } {
  if (status === 429) return { 'retry-after': String(details['retryAfter'] ?? 1) };
  return status === 503 ? { 'retry-after': '1' } : {};
}

/** A problem as an answer of a handler. */
export function problemResult(
  error: TandemError,
  request: { readonly requestId: string; readonly path: string },
): APIGatewayProxyResult {
  return {
    statusCode: error.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': request.requestId,
      ...(error.status === 401 ? { 'www-authenticate': challengeOf(error) } : {}),
      ...retryAfter(error),
    },
    body: JSON.stringify(problemOf(error, request)),
  };
}

/** RFC 6750: a credential that was refused is told apart from one that is missing. */
function challengeOf({ code }: TandemError): string {
  return `Bearer realm="tandem"${code === 'auth.invalid' ? ', error="invalid_token"' : ''}`;
}
