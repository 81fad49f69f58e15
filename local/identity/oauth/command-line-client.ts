import type { ClientMetadata } from 'oidc-provider';

/**
 * The command line: a public client on whatever machine it runs. Its answers go to that machine's loopback only, on any
 * port (RFC 8252), and each code is bound to who asked (PKCE).
 */
export const tandemCli = {
  client_id: 'tandem-cli',
  client_name: 'The Tandem command line',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
} satisfies ClientMetadata;
