import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { issuerNames } from './issuer-names.ts';

const main = 'http://0.0.0.0:4400';
const asked = (host: string, localAddress = '127.0.0.1') =>
  issuerNames(() => main).nameFor({ headers: { host }, socket: { localAddress } } as IncomingMessage);

test('a request is answered by the name that it asks by', () => {
  for (const host of ['localhost:4400', '127.0.0.1:4400', '[::1]:4400']) {
    assert.equal(asked(host), `http://${host}`);
  }
  assert.equal(asked('127.0.0.2:4400', '127.0.0.2'), 'http://127.0.0.2:4400');
});

test('whoever makes up names gets the main one: there are as many names as the machine has addresses', () => {
  const names = new Set<string>();
  for (let at = 0; at < 2_000; at += 1)
    names.add(asked(`127.${at % 200}.${at % 250}.${2 + (at % 251)}:4400`));
  for (const host of ['a.localhost:4400', 'evil.example:4400', '127.0.0.1:4401', '', 'x'.repeat(300)]) {
    names.add(asked(host));
  }
  const most = 4 + Object.values(networkInterfaces()).flat().length;
  assert.ok(names.size <= most, `${names.size} names`);
});
