import { existsSync, readFileSync } from 'node:fs';
import { unreachable } from '../../sdk/api-error.ts';
import { TandemClient } from '../../sdk/client.ts';
import type { Connection } from '../../sdk/transport.ts';
import type { Surroundings } from '../command.ts';
import { loginPath } from '../login/login-file.ts';
import { addressOf, tokenPath } from './server-file.ts';

/**
 * A client of the server that is meant: the one of `TANDEM_URL`, else the one of the data folder. Its token is
 * `TANDEM_TOKEN`, else that of a `login` at this server, else the one in the data folder, for its own server only.
 * Throws `server.unreachable` when no server is known.
 */
export function connect({ settings }: Surroundings, data: string): TandemClient {
  const { TANDEM_URL: typed, TANDEM_TOKEN: token } = settings;
  const url = addressOf(data, typed);
  if (url === undefined) throw unreachable(`No server runs on ${data}`);
  return new TandemClient({ url, token: token ?? tokenFor(url, typed === undefined ? data : undefined) });
}

/** Asked again for each request: a login is refreshed, and the server renews what it leaves in its folder. */
function tokenFor(url: string, data: string | undefined): Connection['token'] {
  const login = loginPath(url);
  if (existsSync(login)) return async () => (await import('../login/access-token.ts')).accessTokenOf(login);
  if (data === undefined) return '';
  return async () => {
    try {
      return readFileSync(tokenPath(data), 'utf8').trim();
    } catch (cause) {
      throw unreachable(`No server runs on ${data}`, cause);
    }
  };
}
