import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type Provider from 'oidc-provider';
import type { JWK } from 'oidc-provider';
import type { Logger } from '../../../shared/logging/logger.ts';
import { secretNamed } from '../identity-database.ts';
import { Accounts } from '../people/accounts.ts';
import { Clients, isSecret } from '../people/clients.ts';
import { configurationOf } from './configuration.ts';
import { SignIn } from './sign-in.ts';
import { Throttle } from './throttle.ts';

export interface AuthorizationServerOptions {
  readonly database: DatabaseSync;
  readonly key: { readonly id: string; readonly private: KeyObject };
  readonly audience: string;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The issuer under one of its names. */
export interface NamedServer {
  readonly provider: Provider;
  readonly signIn: SignIn;
}

/**
 * The OAuth 2.0 and OpenID Connect server, under each name that clients use for it: `iss` in what it publishes and signs
 * has to be the very address that they asked. All names share keys, accounts and what is remembered. Loaded when it is
 * needed first: the library takes longer than the rest of a start.
 */
export async function openAuthorizationServer(
  options: AuthorizationServerOptions,
): Promise<(name: string) => NamedServer> {
  const { Provider, errors, interactionPolicy } = await import('oidc-provider');
  const { database, key, audience, log, now } = options;
  const accounts = new Accounts(database);
  const clients = new Clients(database);
  const throttle = new Throttle(now);
  const servers = new Map<string, NamedServer>();
  const open = (name: string): NamedServer => {
    const provider = new Provider(
      name,
      configurationOf({
        database,
        accounts,
        clients,
        audience,
        key: { ...(key.private.export({ format: 'jwk' }) as JWK), kid: key.id, use: 'sig', alg: 'RS256' },
        cookieSecret: secretNamed(database, 'cookies'),
        used: () => new errors.InvalidGrant('it was used already'),
        unknownResource: () => new errors.InvalidTarget(),
        policy: interactionPolicy.base(),
      }),
    );
    // Addresses follow the name, which the gateway puts into the header fields of proxies: never what a client sent.
    provider.proxy = true;
    provider.Client.prototype.compareClientSecret = function compare(
      this: { clientSecret?: string },
      secret: string,
    ) {
      return isSecret(secret, this.clientSecret ?? '');
    };
    provider.on('server_error', (_context, error) => log.error('The authorization server failed', { error }));
    return { provider, signIn: new SignIn({ provider, accounts, throttle, log }) };
  };
  return (name) => {
    const known = servers.get(name) ?? open(name);
    servers.set(name, known);
    return known;
  };
}
