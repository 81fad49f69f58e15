import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../../shared/domain/canonical.ts';
import { signUrl, verifySignedUrl } from '../../shared/files/signed-url.ts';
import { MemoryBlobs } from '../../shared/memory/blobs.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import type { SignedUrlOptions } from '../../shared/ports/blobs.ts';
import { openDoor } from '../../test/support/open-door.ts';
import { signedBlobRoutes } from './signed-blobs.ts';

const hello = Buffer.from('Hello');

async function openBlobs() {
  let now = 1_000_000;
  const signing = { key: Buffer.alloc(32, 7), clock: { now: () => now, at: () => () => undefined } };
  const blobs = new MemoryBlobs(new MemoryDisk().open());
  await blobs.forTenant('acme').put(hello);
  const door = await openDoor({
    gateway: {
      raw: signedBlobRoutes({ blobs, verify: (url, method) => verifySignedUrl(url, method, signing) }),
    },
  });
  return {
    door,
    blobs,
    advance: (ms: number) => {
      now += ms;
    },
    address: (digest: string, options: Partial<SignedUrlOptions> = {}) =>
      door.gateway.url +
      signUrl({ tenant: 'acme', digest }, { method: 'GET', expiresIn: 60, ...options }, signing),
    [Symbol.asyncDispose]: () => door.gateway.close(),
  };
}

test('a signed address gives the bytes, labelled for download, without a token', async () => {
  await using under = await openBlobs();
  const response = await fetch(
    under.address(sha256(hello), { mediaType: 'text/plain', filename: "Grüße 'an' (alle).txt" }),
  );
  assert.equal(response.status, 200);
  assert.equal(await response.text(), 'Hello');
  assert.equal(response.headers.get('content-type'), 'text/plain');
  assert.equal(
    response.headers.get('content-disposition'),
    "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%27an%27%20%28alle%29.txt",
  );
  assert.match(response.headers.get('content-security-policy') ?? '', /sandbox/);
});

test('HEAD tells the size, with an address that is signed for GET', async () => {
  await using under = await openBlobs();
  const response = await fetch(under.address(sha256(hello)), { method: 'HEAD' });
  assert.equal(response.headers.get('content-length'), '5');
});

test('a media type that is none is not passed on', async () => {
  await using under = await openBlobs();
  const response = await fetch(under.address(sha256(hello), { mediaType: 'text/html\r\nx-a: b' }));
  assert.equal(response.headers.get('content-type'), 'application/octet-stream');
  assert.equal(response.headers.get('x-a'), null);
});

test('bytes go up by PUT, and only those whose digest was signed', async () => {
  await using under = await openBlobs();
  const bytes = Buffer.alloc(6 * 1024 * 1024, 'x');
  const address = under.address(sha256(bytes), { method: 'PUT' });
  const wrong = await fetch(address, { method: 'PUT', body: 'something else' });
  assert.equal(wrong.status, 422);
  const right = await fetch(address, { method: 'PUT', body: bytes });
  assert.equal(right.status, 200);
  assert.deepEqual(Buffer.from((await under.blobs.forTenant('acme').get(sha256(bytes))) ?? []), bytes);
});

test('an upload takes exactly as many bytes as were announced', async () => {
  await using under = await openBlobs();
  const bytes = Buffer.alloc(300_000, 'y');
  const put = (body: NonNullable<RequestInit['body']>, size: number, init: RequestInit = {}) =>
    fetch(under.address(sha256(bytes), { method: 'PUT', size }), { method: 'PUT', body, ...init });
  assert.equal((await put(bytes.subarray(1), bytes.length)).status, 422);
  assert.equal((await put(Buffer.concat([bytes, bytes]), bytes.length)).status, 413);
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(bytes) });
  const refused = put(endless, bytes.length, { duplex: 'half' } as RequestInit);
  assert.equal((await refused).status, 413);
  assert.equal(await under.blobs.forTenant('acme').size(sha256(bytes)), undefined, 'nothing is kept');
  for (const again of [1, 2]) assert.equal((await put(bytes, bytes.length)).status, 200, `${again}`);
  assert.equal((await put(bytes, bytes.length + 1)).status, 422, 'a size that was announced wrongly');
  const widened = under.address(sha256(bytes), { method: 'PUT', size: 5 }).replace('size=5', 'size=300000');
  assert.equal((await fetch(widened, { method: 'PUT', body: bytes })).status, 403);
});

test('nothing at all can go up as well', async () => {
  await using under = await openBlobs();
  const response = await fetch(under.address(sha256(''), { method: 'PUT' }), { method: 'PUT' });
  assert.equal(response.status, 200);
});

test('an address is good for one method, one blob, for its time', async () => {
  await using under = await openBlobs();
  const address = under.address(sha256(hello));
  assert.equal((await fetch(address, { method: 'PUT', body: hello })).status, 403);
  assert.equal((await fetch(address.replace('acme', 'other'))).status, 403);
  assert.equal((await fetch(address.replace(/signature=../, 'signature=00'))).status, 403);
  assert.equal((await fetch(address.replace(/expires=\d+/, 'expires=9999999999'))).status, 403);
  assert.equal((await fetch(address.split('?')[0] ?? '')).status, 403);
  assert.equal((await fetch(under.address('0'.repeat(64)))).status, 404);
  under.advance(61_000);
  assert.equal((await fetch(address)).status, 403);
});

test('an address never stands in the log', async () => {
  await using under = await openBlobs();
  const address = under.address(sha256(hello)).replace('acme', 'other');
  await (await fetch(address)).text();
  const signature = new URL(address).searchParams.get('signature') ?? 'none';
  assert.ok(under.door.log.length > 0);
  assert.ok(under.door.log.every((line) => !line.includes(signature)));
});

test('who fetches by an address leaves a line in the log, as every request does', async () => {
  await using under = await openBlobs();
  await (await fetch(under.address(sha256(hello)))).arrayBuffer();
  await fetch(under.address(sha256('nothing')));
  const lines = under.door.log.map((line) => JSON.parse(line)).filter(({ message }) => message === 'request');
  assert.deepEqual(
    lines.map(({ method, route, status }) => ({ method, route, status })),
    [200, 404].map((status) => ({ method: 'GET', route: '/v1/blobs/{tenant}/{digest}', status })),
  );
});
