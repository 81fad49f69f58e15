import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exchange } from './exchange.ts';
import { isLinkLocal, RefusedAddress } from './reachable.ts';

const request = (url: string) =>
  exchange({
    url: new URL(url),
    method: 'GET',
    headers: {},
    signal: AbortSignal.timeout(5_000),
    linkLocal: false,
  });

describe('what a state machine may reach', () => {
  for (const address of [
    '169.254.169.254',
    '169.254.170.2',
    'fe80::1',
    'fd00:ec2::254',
    '100.100.100.200',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
  ]) {
    it(`is not ${address}`, () => assert.equal(isLinkLocal(address), true));
  }

  for (const address of ['127.0.0.1', '::1', '10.0.0.1', '8.8.8.8', '2606:4700::1', 'example.com']) {
    it(`may be ${address}`, () => assert.equal(isLinkLocal(address), false));
  }

  for (const url of [
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xa9.254.0251.0376/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[fe80::1]/',
  ]) {
    it(`is nothing behind ${url}, and no connection is tried`, async () => {
      await assert.rejects(request(url), RefusedAddress);
    });
  }
});
