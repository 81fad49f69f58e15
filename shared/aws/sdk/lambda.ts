import { LambdaClient } from '@aws-sdk/client-lambda';
import { once } from './once.ts';
import { clientSettings } from './settings.ts';

/**
 * The client of Lambda, one a process. A function may take as long as its own timeout to answer, and what it does is not to
 * be done twice because somebody lost patience.
 */
export const lambdaClient = once(
  () =>
    new LambdaClient({
      ...clientSettings,
      requestHandler: { ...clientSettings.requestHandler, requestTimeout: 900_000 },
    }),
);
