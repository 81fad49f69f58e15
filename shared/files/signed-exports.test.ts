import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../memory/virtual-clock.ts';
import { SignedExports, verifySignedExport } from './signed-exports.ts';

const clock = new VirtualClock();
const key = Buffer.alloc(32, 1);
const runs = { tenant: 'acme', run: 'run_01kah0000000000000000000aa', children: false };
const sign = () =>
  new SignedExports({ baseUrl: () => 'http://127.0.0.1:4700', key, clock }).signedUrl(runs, 60);
const refused = { code: 'address.refused' };

test('an address says which run it is for, and whether those that it called', async () => {
  assert.deepEqual(verifySignedExport(await sign(), { key, clock }), runs);
});

test('an address that was changed anywhere, or signed with another key, is refused as every other', async () => {
  const url = await sign();
  const changes: ReadonlyArray<[RegExp, string]> = [
    [/acme/, 'other'],
    [/aa(?=\?)/, 'ab'],
    [/children=false/, 'children=true'],
    [/expires=\d/, 'expires=9'],
    [/signature=..../, 'signature=0000'],
    [/&signature=.*/, ''],
    [/exports/, 'blobs'],
  ];
  for (const [part, change] of changes) {
    const changed = url.replace(part, change);
    assert.notEqual(changed, url);
    assert.throws(() => verifySignedExport(changed, { key, clock }), refused, changed);
  }
  assert.throws(() => verifySignedExport(url, { key: Buffer.alloc(32, 2), clock }), refused);
});

test('an address is refused once it has expired', async () => {
  const url = await sign();
  const later = new VirtualClock(clock.now());
  later.advance(59_999);
  verifySignedExport(url, { key, clock: later });
  later.advance(1);
  assert.throws(() => verifySignedExport(url, { key, clock: later }), refused);
});
