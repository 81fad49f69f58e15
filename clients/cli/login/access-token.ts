import type { Login } from './login-file.ts';
import { holding, readLogin, removeLogin, writeLogin } from './login-file.ts';

/** A token that ends sooner than this, in milliseconds, is not used any more. */
const earlyMs = 60_000;

const isFresh = ({ expiresAt }: Login): boolean => Date.parse(expiresAt) - Date.now() > earlyMs;

/**
 * The access token of a login, refreshed when it is about to end. Throws `auth.invalid` when the sign-in has ended, and
 * `server.unreachable`.
 */
export async function accessTokenOf(path: string): Promise<string> {
  const login = readLogin(path);
  if (login !== undefined && isFresh(login)) return login.accessToken;
  return holding(path, async () => {
    // Another process may have been faster.
    const latest = readLogin(path);
    if (latest !== undefined && isFresh(latest)) return latest.accessToken;
    const { refused } = await import('./issuer.ts');
    if (latest === undefined) throw refused('Nobody is signed in any more');
    const { refresh } = await import('./refresh.ts');
    const next = await refresh(latest);
    if (next === undefined) {
      removeLogin(path);
      throw refused(`The sign-in of ${latest.subject} at ${latest.server} has ended`);
    }
    writeLogin(path, next);
    return next.accessToken;
  });
}
