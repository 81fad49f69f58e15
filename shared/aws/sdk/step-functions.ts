import { SFNClient } from '@aws-sdk/client-sfn';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/** The client of Step Functions, one a process. */
export const stepFunctionsClient = once(() => new SFNClient(clientSettings));

/** Whether the environment names another endpoint than that of AWS. */
export const isElsewhere = (env: Readonly<Record<string, string | undefined>>): boolean =>
  (env['AWS_ENDPOINT_URL_SFN'] ?? env['AWS_ENDPOINT_URL']) !== undefined;
