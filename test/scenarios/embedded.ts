import { join } from 'node:path';
import { TandemClient } from '../../clients/sdk/client.ts';
import { openLocalIssuer } from '../../local/identity/local-issuer.ts';
import { ServerProcess } from '../support/server-process.ts';
import { platform, stranger } from './callers.ts';
import type { Caller, Deployment } from './deployment.ts';

/** The embedded twin in a process of its own, on a new data folder. */
export async function embeddedDeployment(): Promise<Deployment> {
  const server = await ServerProcess.inNewFolder();
  await server.start();
  const tokens = await tokensOf(server);
  const start = async () => void (await server.start());
  // The server makes its own tenant by itself.
  const outside = new TandemClient({ url: server.url, token: tokens(platform) });
  await outside.createTenant({ tenant: stranger.tenant });
  return {
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
async function tokensOf(server: ServerProcess): Promise<(caller: Caller) => string> {
  const { iss, aud } = claimsOf(server.token);
  const folder = join(server.data, 'identity');
  const issuer = await openLocalIssuer({ folder, issuer: iss, audience: aud, now: Date.now });
  const issued = new Map<Caller, string>();
  return (caller) => {
    const token = issued.get(caller) ?? issuer.issueToken({ ...caller, ttlSeconds: 3_600 });
    issued.set(caller, token);
    return token;
  };
}

function claimsOf(token: string): { iss: string; aud: string } {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
