import { readFileSync } from 'node:fs';
import { unreachable } from '../../sdk/api-error.ts';
import { TandemClient } from '../../sdk/client.ts';
import type { Connection } from '../../sdk/transport.ts';
import type { Surroundings } from '../command.ts';
import { type Login, loginAt, loginPath } from '../login/login-file.ts';
import { addressOf, tokenPath } from './server-file.ts';

/**
 * A client of the server that is meant: the one of `TANDEM_URL`, else the one of the data folder. Its token is
 * `TANDEM_TOKEN`, else that of a `login` at this server, else the one in the data folder, for its own server only.
 * `note` is told when a login is left alone that is none of this server's. Throws `server.unreachable` when no server is
 * known.
 */
export function connect(
  { settings }: Surroundings,
  data: string,
  note: (text: string) => void = () => {},
): TandemClient {
  const { TANDEM_URL: typed, TANDEM_TOKEN: token } = settings;
  const url = addressOf(data, typed);
  if (url === undefined) throw unreachable(`No server runs on ${data}`);
  const own = typed === undefined ? data : undefined;
  const live = loginAt(url)?.live;
  return new TandemClient({
    url,
    token: token ?? tokenFor(url, own, note),
    ...(live === undefined ? {} : { live }),
  });
}

/** Asked again for each request: a login is refreshed, and the server renews what it leaves in its folder. */
function tokenFor(url: string, data: string | undefined, note: (text: string) => void): Connection['token'] {
  const login = loginAt(url);
  const isStale = data !== undefined && login !== undefined && isOfAnother(data, login);
  if (isStale)
    note(`The sign-in at ${url} is of another data folder and not used: \`tandem login\` signs in here.`);
  if (login !== undefined && !isStale)
    return async () => (await import('../login/access-token.ts')).accessTokenOf(loginPath(url));
  if (data === undefined) return '';
  return async () => {
    try {
      return readFileSync(tokenPath(data), 'utf8').trim();
    } catch (cause) {
      throw unreachable(`No server runs on ${data}`, cause);
    }
  };
}

/**
 * Whether a login is of a server with another data folder, which had this address once: folders sign with keys of their
 * own, and each token says by which.
 */
function isOfAnother(data: string, login: Login): boolean {
  const [theirs, ours] = [keyOf(login.accessToken), keyOf(readToken(data))];
  return theirs !== undefined && ours !== undefined && theirs !== ours;
}

function readToken(data: string): string | undefined {
  try {
    return readFileSync(tokenPath(data), 'utf8');
  } catch {
    return undefined;
  }
}

/** The name of the key that has signed a token, where it says one. */
function keyOf(token = ''): string | undefined {
  try {
    const { kid } = JSON.parse(Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString());
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}
