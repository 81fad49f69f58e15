import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../memory/virtual-clock.ts';
import type { SignedUrlOptions } from '../ports/blobs.ts';
import { FileBlobs } from './blobs.ts';
import { verifySignedUrl } from './signed-url.ts';

const digest = 'ab'.repeat(32);
const clock = new VirtualClock();
const key = Buffer.alloc(32, 1);

function sign(options: Partial<SignedUrlOptions> = {}): Promise<string> {
  const blobs = new FileBlobs({ folder: '/nowhere', baseUrl: () => 'http://127.0.0.1:4700', key, clock });
  return blobs.forTenant('acme').signedUrl(digest, { method: 'GET', expiresIn: 60, ...options });
}

const refused = { code: 'address.refused' };

test('an address says what it is for', async () => {
  const url = await sign({ filename: 'Bericht & Ergebnis.txt', mediaType: 'text/plain; charset=utf-8' });
  assert.ok(url.startsWith(`http://127.0.0.1:4700/v1/blobs/acme/${digest}?method=GET&expires=`));
  const expected = {
    tenant: 'acme',
    digest,
    filename: 'Bericht & Ergebnis.txt',
    mediaType: 'text/plain; charset=utf-8',
  };
  assert.deepEqual(verifySignedUrl(url, 'GET', { key, clock }), expected);
  const { pathname, search } = new URL(url);
  assert.deepEqual(verifySignedUrl(pathname + search, 'GET', { key, clock }), expected);
});

test('an address allows one method', async () => {
  assert.deepEqual(verifySignedUrl(await sign({ method: 'PUT' }), 'PUT', { key, clock }), {
    tenant: 'acme',
    digest,
  });
  const url = await sign();
  assert.throws(() => verifySignedUrl(url, 'PUT', { key, clock }), refused);
});

test('an address is refused once it has expired', async () => {
  const url = await sign({ expiresIn: 60 });
  const later = new VirtualClock(clock.now());
  later.advance(59_999);
  verifySignedUrl(url, 'GET', { key, clock: later });
  later.advance(1);
  assert.throws(() => verifySignedUrl(url, 'GET', { key, clock: later }), refused);
});

test('an address that was changed anywhere is refused', async () => {
  const url = await sign({ filename: 'a.txt', mediaType: 'text/plain' });
  const changes: ReadonlyArray<[RegExp, string]> = [
    [/acme/, 'other'],
    [/ab(?=\?)/, 'cd'],
    [/method=GET/, 'method=PUT'],
    [/expires=\d/, 'expires=9'],
    [/filename=a/, 'filename=b'],
    [/type=text%2Fplain/, 'type=text%2Fhtml'],
    [/&type=[^&]*/, ''],
    [/&filename=[^&]*/, ''],
    [/signature=.*/, 'signature='],
    [/&signature=.*/, ''],
    [/signature=..../, 'signature=0000'],
    [/v1/, 'v2'],
    [/acme/, '..%2Facme'],
  ];
  for (const [part, change] of changes) {
    const changed = url.replace(part, change);
    assert.notEqual(changed, url);
    for (const method of ['GET', 'PUT'] as const) {
      assert.throws(() => verifySignedUrl(changed, method, { key, clock }), refused, changed);
    }
  }
});

test('an address signed with another key is refused', async () => {
  const url = await sign();
  assert.throws(() => verifySignedUrl(url, 'GET', { key: Buffer.alloc(32, 2), clock }), refused);
});

test('what is no address is refused', () => {
  for (const text of ['', '/', 'http://', '::', `/v1/blobs/acme/${digest}`, '/v1/blobs/acme', '\0']) {
    assert.throws(() => verifySignedUrl(text, 'GET', { key, clock }), refused, text);
  }
});
