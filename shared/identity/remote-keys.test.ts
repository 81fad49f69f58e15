import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remoteKeys } from './remote-keys.ts';

const issuer = 'https://login.example';
const keySet = JSON.stringify({ keys: [] });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Answers by address, and remembers what was asked. */
function web(pages: Readonly<Record<string, string>>) {
  const asked: { address: string; init: RequestInit }[] = [];
  const ask = async (address: unknown, init: RequestInit = {}) => {
    asked.push({ address: String(address), init });
    const page = pages[String(address)];
    return page === undefined ? new Response('', { status: 404 }) : new Response(page);
  };
  return { asked, fetch: ask as typeof fetch };
}

test('the key set is read from where it is said to be', async () => {
  const { fetch, asked } = web({ 'https://keys.example/set': keySet });
  const keys = remoteKeys({ issuer, jwksUri: 'https://keys.example/set', fetch });
  assert.equal(text(await keys()), keySet);
  assert.equal(asked[0]?.init.redirect, 'error');
  assert.ok(asked[0]?.init.signal, 'bounded in time');
});

test('without an address the discovery document says where', async () => {
  const { fetch } = web({
    'https://login.example/.well-known/openid-configuration': JSON.stringify({
      issuer,
      jwks_uri: 'https://keys.example/set',
    }),
    'https://keys.example/set': keySet,
  });
  assert.equal(text(await remoteKeys({ issuer, fetch })()), keySet);
});

test('a discovery document of somebody else is none', async () => {
  const { fetch, asked } = web({
    'https://login.example/.well-known/openid-configuration': JSON.stringify({
      issuer: 'https://evil.example',
      jwks_uri: 'https://evil.example/set',
    }),
    'https://evil.example/set': keySet,
  });
  await assert.rejects(remoteKeys({ issuer, fetch })(), /does not describe/);
  assert.equal(asked.length, 1);
});

for (const address of ['http://keys.example/set', 'file:///etc/passwd', 'keys']) {
  test(`nothing but https is asked: ${address}`, async () => {
    const { fetch, asked } = web({ [address]: keySet });
    await assert.rejects(remoteKeys({ issuer, jwksUri: address, fetch })(), /not an https address/);
    assert.equal(asked.length, 0);
  });
}

test('a key set without an end is given up', async () => {
  const { fetch } = web({ 'https://keys.example/set': 'x'.repeat(300_000) });
  await assert.rejects(remoteKeys({ issuer, jwksUri: 'https://keys.example/set', fetch })(), /more than/);
});

test('an answer that is an error is one', async () => {
  const { fetch } = web({});
  await assert.rejects(remoteKeys({ issuer, jwksUri: 'https://keys.example/set', fetch })(), /404/);
});
