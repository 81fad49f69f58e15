import { SFNClient } from '@aws-sdk/client-sfn';
import { checkMockConfig } from '../../../local/stepfunctions/mocks/read-config.ts';
import type { MockConfigFile } from '../../../local/stepfunctions/mocks/schema.ts';
import { type StepFunctionsServer, startServer } from '../../../local/stepfunctions/server/server.ts';
import { validate } from './client-validation.ts';

/** Where the cases were recorded. */
const place = { account: '111111111111', region: 'us-east-1' };

export interface Session {
  readonly server: StepFunctionsServer;
  readonly client: SFNClient;
}

/** A server of its own, in memory and on a virtual clock, and the SDK on it, for as long as `use` takes. */
export async function withServer<T>(
  mocks: MockConfigFile | undefined,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const mocked = mocks === undefined ? {} : { mocks: checkMockConfig(mocks, 'the vector') };
  const server = await startServer({ ...place, ...mocked, clock: 'virtual' });
  const client = clientOf(server.url);
  try {
    return await use({ server, client });
  } finally {
    client.destroy();
    await server.close();
  }
}

function clientOf(endpoint: string): SFNClient {
  const client = new SFNClient({
    endpoint,
    region: place.region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
    // Otherwise synchronous calls go to `sync-localhost`.
    disableHostPrefix: true,
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      validate(args.input);
      return await next(args);
    },
    { step: 'initialize', name: 'validate' },
  );
  return client;
}
