import * as oauth from 'oauth4webapi';
import { openCallback } from './callback.ts';
import { discover, type LoginPage, reach, refused, requestOptions } from './issuer.ts';
import type { Login } from './login-file.ts';

export interface SignInOptions {
  /** The server that the tokens are for. */
  readonly server: string;
  readonly page: LoginPage;
  /** Told where the person has to go. */
  readonly show: (address: string) => void;
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
}

/** Authorization code with PKCE (RFC 8252): the person signs in with a browser, the code comes back on loopback. */
export async function signIn({ server, page, show, signal }: SignInOptions): Promise<Login> {
  const options = requestOptions(page.issuer);
  // Tokens go there too.
  requestOptions(server);
  const issuer = await discover(page.issuer);
  const client: oauth.Client = { client_id: page.client };
  const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
  await using callback = await openCallback(state, page.callback);
  const { redirectUri } = callback;
  show(await addressOf(issuer, page, { redirectUri, verifier, state }));
  const answer = await Promise.race([callback.answer, aborted(signal)]);
  const parameters = validated({ issuer, client }, answer, state);
  const response = await reach(
    page.issuer,
    oauth.authorizationCodeGrantRequest(
      issuer,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      options,
    ),
  );
  try {
    const tokens = await oauth.processAuthorizationCodeResponse(issuer, client, response);
    return loginOf({ server, page }, issuer, tokens);
  } catch (error) {
    throw refused('The authorization server gave no token for this sign-in', error);
  }
}

async function addressOf(
  { authorization_endpoint: endpoint }: oauth.AuthorizationServer,
  { client, scope }: LoginPage,
  { redirectUri, verifier, state }: { redirectUri: string; verifier: string; state: string },
): Promise<string> {
  if (endpoint === undefined) throw refused('This server lets nobody sign in');
  const address = new URL(endpoint);
  const parameters = {
    client_id: client,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

function validated(
  { issuer, client }: { readonly issuer: oauth.AuthorizationServer; readonly client: oauth.Client },
  answer: URL,
  state: string,
): URLSearchParams {
  try {
    return oauth.validateAuthResponse(issuer, client, answer, state);
  } catch (error) {
    const isCancelled = error instanceof oauth.AuthorizationResponseError && error.error === 'access_denied';
    throw refused(isCancelled ? 'The sign-in was cancelled' : 'The answer to the sign-in is not good', error);
  }
}

function loginOf(
  { server, page }: Pick<SignInOptions, 'server' | 'page'>,
  issuer: oauth.AuthorizationServer,
  tokens: oauth.TokenEndpointResponse,
): Login {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds = 300 } = tokens;
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (refreshToken === undefined || claims === undefined || issuer.token_endpoint === undefined) {
    throw refused('The authorization server gave less than was asked for');
  }
  return {
    server,
    issuer: page.issuer,
    client: page.client,
    tokenEndpoint: issuer.token_endpoint,
    ...(issuer.revocation_endpoint === undefined ? {} : { revocationEndpoint: issuer.revocation_endpoint }),
    subject: claims.sub,
    accessToken,
    refreshToken,
    expiresAt: new Date(Date.now() + seconds * 1_000).toISOString(),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
