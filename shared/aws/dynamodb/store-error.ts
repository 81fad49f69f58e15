import { TandemError } from '../../errors/tandem-error.ts';
import { verdictOn } from './verdict.ts';

/** Errors that mean that the credentials lack something, or there are none. */
const denied: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidSignatureException',
  'KMSAccessDeniedException',
  'MissingAuthenticationTokenException',
  'NotAuthorizedException',
  'TokenProviderError',
  'UnrecognizedClientException',
]);

/** What a failure of DynamoDB means for who runs it; what is not DynamoDB's is returned as it is. */
export function storeError(error: unknown, table: string): unknown {
  if (!(error instanceof Error) || error instanceof TandemError) return error;
  const details = { store: 'DynamoDB', tables: table, cause: error.name };
  if (error.name === 'ResourceNotFoundException') {
    return new TandemError('store.absent', {
      message: `DynamoDB has no tables ${table}-… here, or an index of them is missing.`,
      details,
      cause: error,
    });
  }
  if (denied.has(error.name)) {
    return new TandemError('store.denied', {
      message: `DynamoDB does not let this process use the tables ${table}-…`,
      details,
      cause: error,
    });
  }
  if (verdictOn(error).kind === 'failed') return error;
  return new TandemError('store.unavailable', {
    message: `DynamoDB did not answer for the tables ${table}-…, or took no more for the moment.`,
    details,
    cause: error,
  });
}
