import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Role } from '../../shared/domain/audit/records.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import type { Logger } from '../../shared/logging/logger.ts';
import type { RateLimits } from '../../shared/ports/rate-limits.ts';
import type { RawRoute } from '../gateway/gateway.ts';
import { openIdentityDatabase } from './identity-database.ts';
import type { IssuerNames } from './issuer-names.ts';
import { signJwt } from './jwt.ts';
import { removeExpired } from './oauth/artefacts.ts';
import { openAuthorizationServer } from './oauth/authorization-server.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { type FirstAccount, makeFirstAccount } from './people/first-account.ts';
import { openSigningKey } from './signing-key.ts';

export interface LocalIssuerOptions {
  /** Where key pair and database are kept: `identity/` in the data folder. */
  readonly folder: string;
  readonly names: IssuerNames;
  /** `aud` of its tokens. */
  readonly audience: string;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Counts what an address asks of the authorization server; throws `limit.rate`. */
  readonly stranger: RateLimits['stranger'];
}

export interface TokenRequest {
  readonly tenant: string;
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly ttlSeconds: number;
}

/** The OpenID Connect issuer of one machine. Who can read its folder can be anybody. */
export interface LocalIssuer {
  readonly audience: string;
  /** Whether `iss` of a token may be a name of this issuer. */
  readonly isOurs: (name: string) => boolean;
  /** A token that the authorization server is not asked for, and need not even be loaded. */
  issueToken(request: TokenRequest): string;
  /** The public key set, JSON in UTF-8: what a verifier of this process fetches. */
  fetchKeys(): Promise<Uint8Array>;
  /** What is published without a token, by path. */
  readonly documents: Readonly<Record<string, JsonObject>>;
  /** The authorization server: loaded when it is asked first. */
  readonly routes: readonly RawRoute[];
  /** Makes the first account where there is none yet. */
  firstAccount(): Promise<FirstAccount | undefined>;
  close(): void;
}

/** How often what has expired is removed, in milliseconds. */
const cleaningMs = 3_600_000;

/** Opens the issuer; its key pair is made when there is none yet. */
export async function openLocalIssuer(options: LocalIssuerOptions): Promise<LocalIssuer> {
  const { names, audience, folder, log, now, stranger } = options;
  const key = await openSigningKey(folder);
  const keySet = { keys: [key.jwk] };
  const opened: { database?: DatabaseSync; cleaning?: NodeJS.Timeout } = {};
  const database = (): DatabaseSync => {
    if (opened.database === undefined) {
      const fresh = openIdentityDatabase(folder);
      removeExpired(fresh);
      opened.database = fresh;
      opened.cleaning = setInterval(() => removeExpired(fresh), cleaningMs).unref();
    }
    return opened.database;
  };
  let server: ReturnType<typeof openAuthorizationServer> | undefined;
  const serverNamed = async (name: string) => {
    server ??= openAuthorizationServer({ database: database(), key, audience, log, now });
    return (await server)(name);
  };
  return {
    audience,
    isOurs: names.isOurs,
    issueToken({ tenant, subject, roles, ttlSeconds }) {
      const iat = Math.floor(now() / 1_000);
      const claims = {
        iss: names.main(),
        aud: audience,
        sub: subject,
        tenant,
        roles,
        iat,
        exp: iat + ttlSeconds,
        jti: randomUUID(),
      };
      return signJwt({ alg: 'RS256', typ: 'at+jwt', kid: key.id }, claims, key.private);
    },
    async fetchKeys() {
      return new TextEncoder().encode(JSON.stringify(keySet));
    },
    documents: { '/.well-known/jwks.json': keySet },
    routes: oauthRoutes({ server: serverNamed, nameFor: names.nameFor, stranger }),
    firstAccount: () => makeFirstAccount(folder, database),
    close() {
      clearInterval(opened.cleaning);
      opened.database?.close();
    },
  };
}
