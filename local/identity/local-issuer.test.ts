import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { tokenVerifier } from '../../shared/identity/token-verifier.ts';
import { localIssuerIn } from '../../test/support/local-issuer.ts';
import type { LocalIssuer } from './local-issuer.ts';

const request = { tenant: 'local', subject: 'cli', roles: ['admin'], ttlSeconds: 60 } as const;

async function folderOfOurOwn() {
  const root = await mkdtemp(join(tmpdir(), 'tandem-identity-'));
  return {
    folder: join(root, 'identity'),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

const open = localIssuerIn;

const verifierOf = (issuer: LocalIssuer) =>
  tokenVerifier({
    issuer: issuer.isOurs,
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

test('tokens outlive a changed port and another name of this machine, and nothing else', async () => {
  await using own = await folderOfOurOwn();
  const now = await open(own.folder, 'http://127.0.0.1:4400');
  for (const earlier of ['http://127.0.0.1:4417', 'http://localhost:8080', 'https://[::1]:4400']) {
    await verifierOf(now).verify((await open(own.folder, earlier)).issueToken(request));
  }
  for (const other of [
    'https://elsewhere.example',
    'http://127.0.0.1.example',
    'http://127.0.0.1:4400/x',
    'x',
  ]) {
    await assert.rejects(
      verifierOf(now).verify((await open(own.folder, other)).issueToken(request)),
      /issuer/,
    );
  }
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
});
