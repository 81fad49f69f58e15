import { TandemError } from '../errors/tandem-error.ts';
import type { Server } from './failure.ts';

/**
 * Tokens for IAM authentication, each good for the beginning of connections during 15 minutes: a new one for each costs
 * no request, only a signature. The signer is loaded when first used, and finds region and credentials as every client does.
 */
export function iamPassword({ host, port, user }: Server): () => Promise<string> {
  return async () => {
    const { Signer } = await import('@aws-sdk/rds-signer');
    try {
      return await new Signer({ hostname: host, port, username: user }).getAuthToken();
    } catch (cause) {
      throw new TandemError('store.denied', {
        message: `There are no AWS credentials to come into PostgreSQL at ${host}:${port} with.`,
        details: { store: 'postgres', host, port },
        cause,
      });
    }
  };
}
