import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { serviceError } from '../sdk/service-error.ts';

/** The text of a secret, if it holds one. Throws `cloud.absent`, `cloud.denied` and `cloud.unavailable`. */
export async function readSecret(
  client: Pick<SecretsManagerClient, 'send'>,
  secret: string,
): Promise<string | undefined> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secret }));
    return SecretString;
  } catch (error) {
    throw serviceError(error, `the secret ${secret}`);
  }
}
