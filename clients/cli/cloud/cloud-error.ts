import { TandemError } from '../../../shared/errors/tandem-error.ts';

/** The names by which SDK and services say that nobody knows the caller. */
const strangers = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

const refusals = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** What a failure of an SDK client means to whoever typed a command; what is not known stays as it is. */
export function cloudError(error: unknown): unknown {
  const { name = '', message = '', code = '' } = error as { name?: string; message?: string; code?: string };
  if (/region is missing/i.test(message)) return new TandemError('cloud.region', { cause: error });
  if (strangers.has(name)) {
    return new TandemError('cloud.credentials', { message: firstSentence(message), cause: error });
  }
  if (refusals.has(name)) {
    return new TandemError('cloud.permission', { message: firstSentence(message), cause: error });
  }
  if (unreachable.has(code) || unreachable.has(name)) {
    return new TandemError('cloud.unreachable', {
      message: `AWS cannot be reached: ${message}`,
      cause: error,
    });
  }
  return error;
}

/** Does something with an SDK client; throws what {@link cloudError} says. */
export async function inCloud<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw cloudError(error);
  }
}

const firstSentence = (text: string): string =>
  text.split(/(?<=\.)\s/, 1)[0]?.replace(/\.$/, '') || 'AWS refused';
