import * as oauth from 'oauth4webapi';
import { unreachable } from '../../sdk/api-error.ts';
import { client, reach, requestOptions } from './issuer.ts';
import type { Login } from './login-file.ts';

const serverOf = ({ server, tokenEndpoint, revocationEndpoint }: Login): oauth.AuthorizationServer => ({
  issuer: server,
  token_endpoint: tokenEndpoint,
  ...(revocationEndpoint === undefined ? {} : { revocation_endpoint: revocationEndpoint }),
});

/** The login with new tokens; `undefined` when the server takes its refresh token no longer. */
export async function refresh(login: Login): Promise<Login | undefined> {
  const server = serverOf(login);
  const response = await reach(
    login.server,
    oauth.refreshTokenGrantRequest(
      server,
      client,
      oauth.None(),
      login.refreshToken,
      requestOptions(login.server),
    ),
  );
  try {
    const tokens = await oauth.processRefreshTokenResponse(server, client, response);
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds = 300 } = tokens;
    return {
      ...login,
      accessToken,
      refreshToken: refreshToken ?? login.refreshToken,
      expiresAt: new Date(Date.now() + seconds * 1_000).toISOString(),
    };
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant') return undefined;
    throw unreachable(`The authorization server of ${login.server} gives no token now`, error);
  }
}

/** Gives the refresh token back, so that it is worth nothing to whoever finds it. */
export async function revoke(login: Login): Promise<void> {
  if (login.revocationEndpoint === undefined) return;
  await reach(
    login.server,
    oauth.revocationRequest(
      serverOf(login),
      client,
      oauth.None(),
      login.refreshToken,
      requestOptions(login.server),
    ),
  );
}
