import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublic } from './public-address.ts';

const refused: Readonly<Record<string, readonly string[]>> = {
  'this machine': ['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::'],
  'private networks': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  'the link, where clouds keep their metadata': [
    '169.254.169.254',
    '169.254.170.2',
    'fe80::1',
    'fd00:ec2::254',
  ],
  'a carrier': ['100.64.0.1', '100.127.255.255'],
  'many at once': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  'nobody: reserved, for documents and benchmarks': [
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '240.0.0.1',
    '2001:db8::1',
    '100::1',
    'fec0::1',
  ],
  'IPv4 inside IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '::8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '::ffff:0:127.0.0.1',
  ],
  'no address': ['', 'localhost', '1.2.3', '2130706433x', 'fe80::1%eth0'],
};

for (const [what, addresses] of Object.entries(refused)) {
  test(`not public: ${what}`, () => {
    for (const address of addresses) assert.equal(isPublic(address), false, address);
  });
}

test('public addresses are public', () => {
  for (const address of [
    '8.8.8.8',
    '93.184.215.14',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ]) {
    assert.equal(isPublic(address), true, address);
  }
});
