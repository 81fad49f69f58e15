import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/** The client of Secrets Manager, one a process. */
export const secretsManagerClient = once(() => new SecretsManagerClient(clientSettings));
