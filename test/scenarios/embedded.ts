import { join } from 'node:path';
import { TandemClient } from '../../clients/sdk/client.ts';
import { localIssuerIn } from '../support/local-issuer.ts';
import { ServerProcess } from '../support/server-process.ts';
import { platform, stranger } from './callers.ts';
import type { Caller, Deployment } from './deployment.ts';

/** The embedded twin in a process of its own, on a new data folder. */
export async function embeddedDeployment(): Promise<Deployment> {
  const server = await ServerProcess.inNewFolder({ env: { TANDEM_WEBHOOKS_PRIVATE: 'allow' } });
  await server.start();
  const tokens = await tokensOf(server);
  const start = async () => void (await server.start());
  // The server makes its own tenant by itself.
  const outside = new TandemClient({ url: server.url, token: tokens(platform) });
  await outside.createTenant({ tenant: stranger.tenant });
  return {
    home: '127.0.0.1',
    connect: async (caller) => ({ url: server.url, token: tokens(caller) }),
    start,
    async restart() {
      await server.stop();
      await start();
    },
    kill: () => server.kill(),
    [Symbol.asyncDispose]: () => server.remove(),
  };
}

/** Tokens of the twin's own issuer, whose key lies in the data folder. One for each caller: they are remembered. */
export async function tokensOf(server: ServerProcess): Promise<(caller: Caller) => string> {
  const issuer = await localIssuerIn(join(server.data, 'identity'), server.url);
  const issued = new Map<Caller, string>();
  return (caller) => {
    const token = issued.get(caller) ?? issuer.issueToken({ ...caller, ttlSeconds: 3_600 });
    issued.set(caller, token);
    return token;
  };
}
