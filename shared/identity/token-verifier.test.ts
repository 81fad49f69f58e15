import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { signJwt } from '../../local/identity/jwt.ts';
import { isTandemError } from '../errors/tandem-error.ts';
import { tokenVerifier } from './token-verifier.ts';

const issuer = 'https://issuer.example';

function keyNamed(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const claims = {
    iss: issuer,
    aud: 'tandem',
    sub: 'alice',
    tenant: 'acme',
    roles: ['user'],
    exp: Math.floor(Date.now() / 1_000) + 600,
  };
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
    token: () => signJwt({ alg: 'RS256', kid }, claims, privateKey),
  };
}

const bytes = (keys: readonly unknown[]) => new TextEncoder().encode(JSON.stringify({ keys }));

test('keys are fetched once, and again when a token names a new one', async () => {
  const [first, second] = [keyNamed('k1'), keyNamed('k2')];
  let fetched = 0;
  let published = [first.jwk];
  const identity = tokenVerifier({
    issuer,
    audience: 'tandem',
    now: Date.now,
    fetchKeys: async () => {
      fetched++;
      return bytes(published);
    },
  });
  await Promise.all([identity.verify(first.token()), identity.verify(first.token())]);
  await identity.verify(first.token());
  assert.equal(fetched, 1);
  published = [first.jwk, second.jwk];
  await identity.verify(second.token());
  assert.equal(fetched, 2);
});

test('tokens of keys nobody published do not make it ask again and again', async () => {
  let fetched = 0;
  const identity = tokenVerifier({
    issuer,
    audience: 'tandem',
    now: Date.now,
    fetchKeys: async () => {
      fetched++;
      return bytes([]);
    },
  });
  for (let attempt = 0; attempt < 5; attempt++) {
    await assert.rejects(identity.verify(keyNamed('k9').token()), (error) =>
      isTandemError(error, 'auth.invalid'),
    );
  }
  assert.equal(fetched, 1);
});

for (const [what, fetchKeys] of Object.entries({
  'cannot be reached': () => Promise.reject(new Error('connection refused')),
  'answers with something else': async () => new TextEncoder().encode('<html>'),
})) {
  test(`an issuer that ${what} is not the client's fault`, async () => {
    const identity = tokenVerifier({ issuer, audience: 'tandem', now: Date.now, fetchKeys });
    await assert.rejects(identity.verify(keyNamed('k1').token()), (error) =>
      isTandemError(error, 'auth.unavailable'),
    );
  });
}
