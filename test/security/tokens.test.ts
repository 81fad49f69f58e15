import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { signJwt } from '../../local/identity/jwt.ts';
import type { JsonObject } from '../../shared/domain/json.ts';
import { problem } from '../../shared/protocol/envelope.ts';
import { fakeApi } from '../support/fake-api.ts';
import { type OpenDoor, openDoor } from '../support/open-door.ts';

const text = (part: JsonObject) => Buffer.from(JSON.stringify(part)).toString('base64url');
const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const now = () => Math.floor(Date.now() / 1_000);

/** Tokens that somebody without the issuer's key could come up with, or that are no longer, or not yet, good. */
const forged: Readonly<Record<string, (door: OpenDoor) => string>> = {
  'algorithm none, without a signature': ({ issuer }) =>
    `${text({ alg: 'none', kid: 'k1' })}.${text(issuer.claims())}.`,
  'algorithm none, with a signature': ({ issuer }) =>
    `${text({ alg: 'none', kid: 'k1' })}.${text(issuer.claims())}.c2ln`,
  'algorithm None, in other letters': ({ issuer }) =>
    `${text({ alg: 'NoNe', kid: 'k1' })}.${text(issuer.claims())}.c2ln`,
  'HS256 with the public key as the secret': ({ issuer }) => {
    const signed = `${text({ alg: 'HS256', kid: 'k1' })}.${text(issuer.claims())}`;
    return `${signed}.${createHmac('sha256', issuer.publicKeyPem).update(signed).digest('base64url')}`;
  },
  'a key of their own under the known id': ({ issuer }) =>
    signJwt({ alg: 'RS256', kid: 'k1' }, issuer.claims(), stranger.privateKey),
  'a key of their own under another id': ({ issuer }) =>
    signJwt({ alg: 'RS256', kid: 'k2' }, issuer.claims(), stranger.privateKey),
  'a key of their own, brought along': ({ issuer }) =>
    signJwt(
      { alg: 'RS256', kid: 'k1', jwk: stranger.publicKey.export({ format: 'jwk' }) as JsonObject },
      issuer.claims(),
      stranger.privateKey,
    ),
  'a key from an address of their own': ({ issuer }) =>
    signJwt(
      { alg: 'RS256', kid: 'k1', jku: 'http://127.0.0.1:9/jwks.json' },
      issuer.claims(),
      stranger.privateKey,
    ),
  'no key id': ({ issuer }) => signJwt({ alg: 'RS256' }, issuer.claims(), stranger.privateKey),
  'a signature of another token': ({ issuer }) => {
    const [header, , signature] = issuer.token().split('.');
    return `${header}.${text({ ...issuer.claims(), tenant: 'other' })}.${signature}`;
  },
  'another issuer': ({ issuer }) => issuer.token({ iss: 'https://elsewhere.example' }),
  'another audience': ({ issuer }) => issuer.token({ aud: 'other' }),
  expired: ({ issuer }) => issuer.token({ exp: now() - 1 }),
  'not valid yet': ({ issuer }) => issuer.token({ nbf: now() + 600 }),
  'never expiring': ({ issuer }) => issuer.token({ exp: undefined }),
  'expiring in words': ({ issuer }) => issuer.token({ exp: 'never' }),
  'a tenant that leads elsewhere': ({ issuer }) => issuer.token({ tenant: '../other' }),
  'a list of tenants': ({ issuer }) => issuer.token({ tenant: ['acme', 'other'] }),
  empty: () => ' ',
  'no token at all': () => 'let-me-in',
};

for (const [name, forge] of Object.entries(forged)) {
  test(`a token is refused: ${name}`, async () => {
    const { api, calls } = fakeApi();
    await using door = await openDoor({ api });
    const token = forge(door);
    for (let attempt = 0; attempt < 2; attempt++) {
      const response = await door.request('GET', '/v1/runs', undefined, { authorization: `Bearer ${token}` });
      const answer = await response.text();
      assert.equal(response.status, 401, answer);
      assert.match(problem.parse(JSON.parse(answer)).code, /^auth\./);
      assert.doesNotMatch(answer, /\.ts:|node_modules|BEGIN/);
    }
    assert.deepEqual(calls, []);
    if (token.trim() !== '')
      assert.ok(
        door.log.every((line) => !line.includes(token)),
        'the token is in the log',
      );
  });
}

for (const authorization of ['Basic YWxpY2U6c2VjcmV0', 'Bearer', 'Bearer  ', 'Ticket t', 'bearer\tx']) {
  test(`an Authorization header is refused: ${JSON.stringify(authorization)}`, async () => {
    await using door = await openDoor();
    const response = await door.request('GET', '/v1/runs', undefined, { authorization });
    assert.equal(response.status, 401);
  });
}

test('a token never reaches another tenant than its own', async () => {
  const { api, calls } = fakeApi();
  await using door = await openDoor({ api });
  const authorization = `Bearer ${door.issuer.token({ tenant: 'other' })}`;
  await door.request('GET', '/v1/runs', undefined, { authorization });
  assert.partialDeepStrictEqual(calls, [['listRuns', { tenant: 'other' }]]);
});

test('a bearer token is no ticket, and a ticket is no bearer token', async () => {
  await using door = await openDoor();
  const bearer = { authorization: `Bearer ${door.issuer.token()}` };
  assert.equal((await door.request('POST', '/v1/report', { type: 'heartbeat' }, bearer)).status, 401);
  const ticket = { authorization: `Ticket ${door.issuer.token()}` };
  assert.equal((await door.request('GET', '/v1/runs', undefined, ticket)).status, 401);
});
