import { SFNClient } from '@aws-sdk/client-sfn';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/** The client of Step Functions, one a process. */
export const stepFunctionsClient = once(() => new SFNClient(clientSettings));
