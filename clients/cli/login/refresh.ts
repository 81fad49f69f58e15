import * as oauth from 'oauth4webapi';
import { unreachable } from '../../sdk/api-error.ts';
import { ownPage, reach, requestOptions } from './issuer.ts';
import type { Login } from './login-file.ts';

const issuerOf = ({ server, issuer = server }: Login): string => issuer;
const clientOf = ({ server, client = ownPage(server).client }: Login): oauth.Client => ({
  client_id: client,
});

const serverOf = (login: Login): oauth.AuthorizationServer => ({
  issuer: issuerOf(login),
  token_endpoint: login.tokenEndpoint,
  ...(login.revocationEndpoint === undefined ? {} : { revocation_endpoint: login.revocationEndpoint }),
});

/** The login with new tokens; `undefined` when the server takes its refresh token no longer. */
export async function refresh(login: Login): Promise<Login | undefined> {
  const [server, client, issuer] = [serverOf(login), clientOf(login), issuerOf(login)];
  const response = await reach(
    issuer,
    oauth.refreshTokenGrantRequest(server, client, oauth.None(), login.refreshToken, requestOptions(issuer)),
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
  const issuer = issuerOf(login);
  await reach(
    issuer,
    oauth.revocationRequest(
      serverOf(login),
      clientOf(login),
      oauth.None(),
      login.refreshToken,
      requestOptions(issuer),
    ),
  );
}
