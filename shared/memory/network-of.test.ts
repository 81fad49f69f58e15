import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from './network-of.ts';

test('addresses of one IPv6 network are one, however they are written', () => {
  const network = '2001:db8:1:2::/64';
  for (const address of ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff::', '2001:db8:1:2:a:b:c:d']) {
    assert.equal(networkOf(address), network);
  }
  assert.notEqual(networkOf('2001:db8:1:3::1'), network);
});

test('an IPv4 address is itself, also mapped', () => {
  assert.equal(networkOf('203.0.113.9'), '203.0.113.9');
  assert.equal(networkOf('::ffff:203.0.113.9'), '203.0.113.9');
  assert.notEqual(networkOf('203.0.113.8'), networkOf('203.0.113.9'));
});

test('what is no address is left as it is', () => {
  assert.equal(networkOf(''), '');
  assert.equal(networkOf('unix'), 'unix');
});
