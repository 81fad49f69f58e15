import type { DatabaseSync } from 'node:sqlite';
import type {
  AccessToken,
  Adapter,
  ClientCredentials,
  Configuration,
  interactionPolicy,
  JWK,
} from 'oidc-provider';
import type { Accounts } from '../people/accounts.ts';
import type { Clients } from '../people/clients.ts';
import { claimsOf } from '../people/subject.ts';
import { Artefacts, clientArtefacts } from './artefacts.ts';
import { lifetimes } from './lifetimes.ts';
import { setPageHeaders } from './page-headers.ts';
import { errorPage } from './pages.ts';

export interface ConfigurationOptions {
  readonly database: DatabaseSync;
  readonly accounts: Accounts;
  readonly clients: Clients;
  /** The key pair of the issuer, as a JSON Web Key. */
  readonly key: JWK;
  readonly cookieSecret: string;
  /** `aud` of access tokens. */
  readonly audience: string;
  /** Of `oidc-provider`, which is loaded when it is needed. */
  readonly used: () => Error;
  readonly unknownResource: () => Error;
  readonly policy: interactionPolicy.DefaultPolicy;
}

/** The resource that all tokens are for (RFC 8707). */
export const resource = 'urn:tandem:api';

/** What an application may ask for: to act as who signs in, and to go on doing so. */
export const scopes = { identity: 'openid offline_access', api: 'api' } as const;

const off = { enabled: false } as const;

/**
 * What the authorization server does, and all that it does not: two grants, codes with PKCE by S256 only, RS256 only,
 * and nothing that the API would not understand.
 */
export function configurationOf(options: ConfigurationOptions): Configuration {
  const { database, accounts, clients, audience } = options;
  const subjectOf = (token: AccessToken | ClientCredentials) =>
    token.kind === 'AccessToken' ? accounts.find(token.accountId) : clients.find(String(token.clientId));
  return {
    adapter: (kind: string): Adapter =>
      kind === 'Client' ? clientArtefacts(clients) : new Artefacts(database, kind, options.used),
    async findAccount(_context, name) {
      return accounts.find(name) && { accountId: name, claims: async () => ({ sub: name }) };
    },
    async extraTokenClaims(_context, token) {
      const subject = subjectOf(token as AccessToken | ClientCredentials);
      return subject && claimsOf(subject);
    },
    jwks: { keys: [options.key] },
    cookies: {
      keys: [options.cookieSecret],
      long: { httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    interactions: { policy: options.policy, url: (_context, { uid }) => `/oauth/sign-in/${uid}` },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: off,
      dPoP: off,
      pushedAuthorizationRequests: off,
      revocation: {
        enabled: true,
        allowedPolicy: async (_context, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: off,
      userinfo: off,
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo(_context, indicator) {
          if (indicator !== resource) throw options.unknownResource();
          return {
            scope: scopes.api,
            audience,
            accessTokenTTL: lifetimes.accessToken,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      idTokenSigningAlgValues: ['RS256'],
    },
    allowOmittingSingleRegisteredRedirectUri: false,
    expiresWithSession: () => false,
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: lifetimes.accessToken,
      AuthorizationCode: lifetimes.code,
      ClientCredentials: lifetimes.accessToken,
      Grant: lifetimes.grant,
      IdToken: lifetimes.accessToken,
      Interaction: lifetimes.signIn,
      RefreshToken: lifetimes.refreshToken,
      Session: lifetimes.signIn,
    },
    routes: {
      authorization: '/oauth/authorize',
      jwks: '/.well-known/jwks.json',
      revocation: '/oauth/revoke',
      token: '/oauth/token',
    },
    renderError(context, { error, error_description: description }) {
      setPageHeaders(context.res);
      context.type = 'html';
      context.body = errorPage(description ?? error);
    },
  };
}
