import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import { openLocalIssuer } from './local-issuer.ts';

const issuerName = 'http://localhost:4400';
const request = { tenant: 'local', subject: 'cli', roles: ['admin'], ttlSeconds: 60 } as const;

async function folderOfOurOwn() {
  const root = await mkdtemp(join(tmpdir(), 'tandem-identity-'));
  return {
    folder: join(root, 'identity'),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

const open = (folder: string) =>
  openLocalIssuer({ folder, issuer: issuerName, audience: 'tandem', now: Date.now });

const verifierOf = (issuer: Awaited<ReturnType<typeof open>>) =>
  tokenVerifier({
    issuer: issuerName,
    audience: 'tandem',
    now: Date.now,
    fetchKeys: () => issuer.fetchKeys(),
  });

test('its tokens are good for a verifier that trusts its key set', async () => {
  await using own = await folderOfOurOwn();
  const issuer = await open(own.folder);
  assert.deepEqual(await verifierOf(issuer).verify(issuer.issueToken(request)), {
    tenant: 'local',
    subject: 'cli',
    roles: ['admin'],
  });
});

test('tokens outlive a restart: the key is kept, and for its owner only', async () => {
  await using own = await folderOfOurOwn();
  const token = (await open(own.folder)).issueToken(request);
  await verifierOf(await open(own.folder)).verify(token);
  assert.deepEqual(await readdir(own.folder), ['signing-key.pem']);
  if (process.platform === 'win32') return;
  assert.equal((await stat(own.folder)).mode & 0o777, 0o700);
  assert.equal((await stat(join(own.folder, 'signing-key.pem'))).mode & 0o777, 0o600);
});

test('a key that others can read is closed to them again', {
  skip: process.platform === 'win32',
}, async () => {
  await using own = await folderOfOurOwn();
  await open(own.folder);
  const path = join(own.folder, 'signing-key.pem');
  await chmod(path, 0o644);
  await open(own.folder);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('a token of another folder is refused', async () => {
  await using own = await folderOfOurOwn();
  await using other = await folderOfOurOwn();
  const token = (await open(other.folder)).issueToken(request);
  await assert.rejects(verifierOf(await open(own.folder)).verify(token), (error) =>
    isTandemError(error, 'auth.invalid'),
  );
});

test('a damaged key is named as such, and left as it is', async () => {
  await using own = await folderOfOurOwn();
  await open(own.folder);
  const path = join(own.folder, 'signing-key.pem');
  await writeFile(path, 'no key');
  await assert.rejects(open(own.folder), (error) => isTandemError(error, 'data.damaged'));
  assert.equal(await readFile(path, 'utf-8'), 'no key');
});

test('what is published tells nothing of the private key', async () => {
  await using own = await folderOfOurOwn();
  const issuer = await open(own.folder);
  const [jwk] = (issuer.documents['/.well-known/jwks.json']?.['keys'] ?? []) as Record<string, string>[];
  assert.deepEqual(Object.keys(jwk ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  assert.equal(
    issuer.documents['/.well-known/openid-configuration']?.['jwks_uri'],
    `${issuerName}/.well-known/jwks.json`,
  );
});
