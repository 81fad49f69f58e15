import { TandemError } from '../../errors/tandem-error.ts';

/** What a failed call means for its caller. */
export type Failure = 'denied' | 'absent' | 'unavailable' | 'other';

interface Refusal {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'CredentialsProviderError',
  'KMSAccessDeniedException',
  'KmsAccessDenied',
]);

const absent = new Set([
  'NoSuchBucket',
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'StateMachineDoesNotExist',
  'ResourceNotFoundException',
]);

const passing = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestThrottled',
  'RequestLimitExceeded',
  'SlowDown',
  'ServiceUnavailable',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'InternalFailure',
  'InternalError',
  'KmsThrottledException',
  'KMSThrottlingException',
]);

/** Codes of Node where nobody answers, or not to the end. */
const unreachable = /^(ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR)/;

/** Sorts what a client of the SDK throws, by its name and status and never by its words. */
export function failureOf(error: unknown): Failure {
  const { name, code, $metadata } = (error ?? {}) as Refusal;
  const named = String(name);
  if (denied.has(named)) return 'denied';
  if (absent.has(named)) return 'absent';
  if (passing.has(named) || unreachable.test(String(code))) return 'unavailable';
  const status = $metadata?.httpStatusCode ?? 0;
  if (status === 403) return 'denied';
  return status >= 500 || status === 429 ? 'unavailable' : 'other';
}

/** What a call was about, in words: `the bucket tandem-dev-blobs-1`. */
export function serviceError(error: unknown, what: string): unknown {
  const name = String((error as Refusal | undefined)?.name);
  switch (failureOf(error)) {
    case 'denied':
      return new TandemError('cloud.denied', {
        message: `AWS does not let us use ${what} (${name}).`,
        cause: error,
      });
    case 'absent':
      return new TandemError('cloud.absent', { message: `There is not ${what}.`, cause: error });
    case 'unavailable':
      return new TandemError('cloud.unavailable', {
        message: `AWS did not answer for ${what} (${name}).`,
        cause: error,
      });
    case 'other':
      return error;
  }
}
