import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

function jwt(claims: object): string {
  const parts = [{ alg: 'RS256', kid: 'k' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signature = sign('sha256', Buffer.from(parts.join('.')), privateKey).toString('base64url');
  return [...parts, signature].join('.');
}

/**
 * A user pool with a hosted login, as far as an application can tell it from Cognito's: its name has a path, it compares
 * callback addresses with their ports, refuses scopes that it does not know, gives access tokens that name their client in
 * place of an audience, and the same refresh token for as long as that is good.
 */
export class FakeUserPool implements AsyncDisposable {
  readonly client = 'pool-client';
  readonly callbacks = [8976, 8977, 8978].map((port) => `http://localhost:${port}/callback`);
  /** Refresh tokens that are good. */
  readonly refreshTokens = new Set<string>();
  readonly #codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  static async open(): Promise<FakeUserPool> {
    const pool = new FakeUserPool();
    pool.#server.listen(0, '127.0.0.1');
    await once(pool.#server, 'listening');
    return pool;
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get issuer(): string {
    return `${this.#origin}/eu-central-1_Pool`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#origin);
    const body = new URLSearchParams(await text(request));
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (pathname === '/eu-central-1_Pool/.well-known/openid-configuration')
      return answer(200, this.#document());
    if (pathname === '/oauth2/authorize') {
      const location = this.#authorize(searchParams);
      return location === undefined
        ? answer(400, { error: 'redirect_mismatch' })
        : response.writeHead(302, { location }).end();
    }
    if (body.get('client_id') !== this.client) return answer(400, { error: 'invalid_client' });
    if (pathname === '/oauth2/token') {
      const tokens = this.#tokens(body);
      return tokens === undefined ? answer(400, { error: 'invalid_grant' }) : answer(200, tokens);
    }
    this.refreshTokens.delete(body.get('token') ?? '');
    return response.writeHead(200).end();
  }

  #document() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.#origin}/oauth2/authorize`,
      token_endpoint: `${this.#origin}/oauth2/token`,
      revocation_endpoint: `${this.#origin}/oauth2/revoke`,
      jwks_uri: `${this.issuer}/.well-known/jwks.json`,
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    };
  }

  /** As if the person had signed in; `undefined` where Cognito shows an error in place of going back. */
  #authorize(asked: URLSearchParams): string | undefined {
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (!this.callbacks.includes(redirectUri) || asked.get('client_id') !== this.client) return undefined;
    const back = new URL(redirectUri);
    back.searchParams.set('state', asked.get('state') ?? '');
    const scopes = (asked.get('scope') ?? '').split(' ');
    if (asked.has('resource') || !scopes.every((scope) => ['openid', 'email'].includes(scope))) {
      back.searchParams.set('error', 'invalid_scope');
      return back.href;
    }
    const code = randomUUID();
    this.#codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri });
    back.searchParams.set('code', code);
    return back.href;
  }

  #tokens(body: URLSearchParams): object | undefined {
    if (body.get('grant_type') === 'refresh_token') {
      return this.refreshTokens.has(body.get('refresh_token') ?? '') ? this.#signed() : undefined;
    }
    const code = this.#codes.get(body.get('code') ?? '');
    this.#codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (code?.challenge !== challenge || code.redirectUri !== body.get('redirect_uri')) return undefined;
    const refreshToken = randomUUID();
    this.refreshTokens.add(refreshToken);
    return { ...this.#signed(), refresh_token: refreshToken };
  }

  #signed() {
    const now = Math.floor(Date.now() / 1_000);
    const all = { iss: this.issuer, sub: 'ann', iat: now, exp: now + 3_600 };
    return {
      id_token: jwt({ ...all, aud: this.client, token_use: 'id' }),
      access_token: jwt({ ...all, client_id: this.client, token_use: 'access', jti: randomUUID() }),
      expires_in: 3_600,
      token_type: 'Bearer',
    };
  }
}
