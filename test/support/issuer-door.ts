import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gateway, openGateway } from '../../local/gateway/gateway.ts';
import { openIdentityDatabase } from '../../local/identity/identity-database.ts';
import { issuerNames } from '../../local/identity/issuer-names.ts';
import { type LocalIssuer, openLocalIssuer } from '../../local/identity/local-issuer.ts';
import { Accounts } from '../../local/identity/people/accounts.ts';
import { Clients } from '../../local/identity/people/clients.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import { createLogger } from '../../shared/logging/logger.ts';
import type { RateLimits } from '../../shared/ports/rate-limits.ts';
import { Browser } from './browser.ts';

export const password = 'correct horse battery';
export const redirectUri = 'http://127.0.0.1:8123/callback';

/** What a client of the issuer is told: tokens, or an error. */
export type TokenAnswer = Readonly<Record<string, unknown>>;

/** An issuer behind a gateway, with an account `ada` of the tenant `acme`, and what a client of it does. */
export class IssuerDoor implements AsyncDisposable {
  readonly gateway: Gateway;
  readonly issuer: LocalIssuer;
  readonly accounts: Accounts;
  readonly clients: Clients;
  readonly log: string[];
  readonly verifier = randomBytes(32).toString('base64url');
  readonly #dispose: () => Promise<void>;

  private constructor(
    parts: Pick<IssuerDoor, 'gateway' | 'issuer' | 'accounts' | 'clients' | 'log'>,
    dispose: () => Promise<void>,
  ) {
    this.gateway = parts.gateway;
    this.issuer = parts.issuer;
    this.accounts = parts.accounts;
    this.clients = parts.clients;
    this.log = parts.log;
    this.#dispose = dispose;
  }

  static async open(stranger: RateLimits['stranger'] = () => {}): Promise<IssuerDoor> {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-issuer-'));
    const lines: string[] = [];
    const log = createLogger({ level: 'info', write: (line) => lines.push(line), now: Date.now });
    const at: { url: string } = { url: '' };
    const issuer = await openLocalIssuer({
      folder: join(folder, 'identity'),
      names: issuerNames(() => at.url),
      audience: 'tandem',
      log,
      now: Date.now,
      stranger,
    });
    const database = openIdentityDatabase(join(folder, 'identity'));
    const accounts = new Accounts(database);
    await accounts.add({ name: 'ada', tenant: 'acme', roles: ['operator'] }, password);
    const gateway = await openGateway({
      handlers: [],
      documents: issuer.documents,
      raw: issuer.routes,
      log,
      now: Date.now,
      elapsed: () => performance.now(),
      requestId: () => 'req_1',
      port: 0,
    });
    at.url = gateway.url;
    const parts = { gateway, issuer, accounts, clients: new Clients(database), log: lines };
    return new IssuerDoor(parts, async () => {
      await gateway.close();
      issuer.close();
      database.close();
      rmSync(folder, { recursive: true });
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#dispose();
  }

  browser(): Browser {
    return new Browser(this.gateway.url);
  }

  /** Where the command line sends a browser; parameters set to `undefined` are left out. */
  authorizeAddress(changes: Readonly<Record<string, string | undefined>> = {}): string {
    const parameters = {
      client_id: 'tandem-cli',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid offline_access api',
      state: 'state-of-the-client',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    };
    const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
    return `/oauth/authorize?${new URLSearchParams(given as [string, string][])}`;
  }

  /** Goes through the sign-in; what the browser is sent to the client with. */
  async signIn(changes: Readonly<Record<string, string | undefined>> = {}): Promise<URLSearchParams> {
    const browser = this.browser();
    const { address } = await browser.open(this.authorizeAddress(changes));
    const answer = await browser.submit(address, { name: 'ada', password, answer: 'sign-in' });
    return new URL(answer.address).searchParams;
  }

  /** Asks the token endpoint; members set to `undefined` are left out. */
  async token(fields: Readonly<Record<string, string | undefined>>, headers: Record<string, string> = {}) {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    const response = await fetch(`${this.gateway.url}/oauth/token`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(given as [string, string][]),
    });
    return { status: response.status, answer: (await response.json()) as TokenAnswer };
  }

  /** Exchanges a code as the command line does. */
  exchange(
    code: string | null,
    changes: Readonly<Record<string, string | undefined>> = {},
    headers: Record<string, string> = {},
  ) {
    const fields = {
      grant_type: 'authorization_code',
      client_id: 'tandem-cli',
      code: code ?? undefined,
      redirect_uri: redirectUri,
      code_verifier: this.verifier,
    };
    return this.token({ ...fields, ...changes }, headers);
  }

  refresh(token: unknown, changes: Readonly<Record<string, string | undefined>> = {}) {
    return this.token({
      grant_type: 'refresh_token',
      client_id: 'tandem-cli',
      refresh_token: String(token),
      ...changes,
    });
  }

  /** What the API makes of a token. */
  verify(token: unknown) {
    const verifier = tokenVerifier({
      issuer: this.issuer.isOurs,
      audience: 'tandem',
      fetchKeys: () => this.issuer.fetchKeys(),
      now: Date.now,
    });
    return verifier.verify(String(token));
  }
}
