import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import type { Identity } from '../../shared/ports/identity.ts';

/** What a token says; members set to `undefined` are left out of it. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** A verifier with an issuer that it trusts. */
export interface IdentityUnderTest {
  readonly identity: Identity;
  /** A well-signed token: good claims, with these changed. Times in seconds since the epoch. */
  token(changes?: TokenClaims): string;
  /** Now, in seconds since the epoch. */
  now(): number;
  /** Moves the verifier's clock. */
  advance(seconds: number): void;
}

const refusal = (pattern: RegExp) => (error: unknown) =>
  isTandemError(error, 'auth.invalid') && pattern.test(error.message);

/** What every implementation of the port `Identity` does. */
export function identityContract(name: string, open: () => Promise<IdentityUnderTest>): void {
  const contract = (promise: string, check: (under: IdentityUnderTest) => Promise<void>) =>
    test(`${name}: ${promise}`, async () => check(await open()));

  contract('a good token names its principal', async ({ identity, token }) => {
    const principal = await identity.verify(
      token({ tenant: 'acme', sub: 'alice', roles: ['user', 'operator'] }),
    );
    assert.deepEqual(principal, { tenant: 'acme', subject: 'alice', roles: ['user', 'operator'] });
  });

  contract('a token that is used again names the same principal', async ({ identity, token }) => {
    const used = token();
    assert.deepEqual(await identity.verify(used), await identity.verify(used));
  });

  contract('roles nobody knows are left out', async ({ identity, token }) => {
    const { roles } = await identity.verify(token({ roles: ['user', 'root', 7] }));
    assert.deepEqual(roles, ['user']);
  });

  contract('a token without roles is good for nothing more', async ({ identity, token }) => {
    assert.deepEqual((await identity.verify(token({ roles: undefined }))).roles, []);
  });

  contract('roles may be a text, separated by spaces', async ({ identity, token }) => {
    assert.deepEqual((await identity.verify(token({ roles: 'user admin' }))).roles, ['user', 'admin']);
  });

  contract('one audience of several is enough', async ({ identity, token }) => {
    const { aud } = JSON.parse(Buffer.from(token().split('.')[1] ?? '', 'base64url').toString());
    await identity.verify(token({ aud: ['other', aud] }));
  });

  contract('a client id stands in for a missing audience', async ({ identity, token }) => {
    const { aud } = JSON.parse(Buffer.from(token().split('.')[1] ?? '', 'base64url').toString());
    await identity.verify(token({ aud: undefined, client_id: aud }));
    await assert.rejects(identity.verify(token({ aud: undefined, client_id: 'other' })), refusal(/audience/));
    await assert.rejects(identity.verify(token({ aud: 'other', client_id: aud })), refusal(/audience/));
  });

  const refused: readonly [string, (now: number) => TokenClaims, RegExp][] = [
    ['of another issuer', () => ({ iss: 'https://elsewhere.example' }), /issuer/],
    ['for another audience', () => ({ aud: 'other' }), /audience/],
    ['for nobody', () => ({ aud: undefined }), /audience/],
    ['that has expired', (now) => ({ exp: now - 60 }), /expired/],
    ['that never expires', () => ({ exp: undefined }), /never expires/],
    ['that is not valid yet', (now) => ({ nbf: now + 3_600 }), /not valid yet/],
    ['without a subject', () => ({ sub: undefined }), /subject/],
    ['without a tenant', () => ({ tenant: undefined }), /tenant/],
    ['of a tenant that is a path', () => ({ tenant: '../acme' }), /tenant/],
    ['of an empty tenant', () => ({ tenant: '' }), /tenant/],
  ];
  for (const [what, changes, reason] of refused) {
    contract(`a token ${what} is refused`, async ({ identity, token, now }) => {
      await assert.rejects(identity.verify(token(changes(now()))), refusal(reason));
    });
  }

  contract('a remembered token is refused once it has expired', async ({ identity, token, now, advance }) => {
    const used = token({ exp: now() + 600 });
    await identity.verify(used);
    advance(599);
    await identity.verify(used);
    advance(2);
    await assert.rejects(identity.verify(used), refusal(/expired/));
    await assert.rejects(identity.verify(used), refusal(/expired/));
  });

  for (const text of ['', 'x', 'a.b.c', '..', 'Bearer x', 'é.é.é', 'a'.repeat(100_000)]) {
    contract(`what is no token is refused: ${text.slice(0, 10)} (${text.length})`, async ({ identity }) => {
      await assert.rejects(identity.verify(text), refusal(/./));
    });
  }

  contract('a token with one character changed is refused', async ({ identity, token }) => {
    const good = token();
    await identity.verify(good);
    for (const at of [5, good.indexOf('.') + 8, good.lastIndexOf('.') + 8]) {
      const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
      await assert.rejects(identity.verify(changed), refusal(/./));
    }
  });
}
