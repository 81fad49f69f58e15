import assert from 'node:assert/strict';
import { it } from 'node:test';
import { squidSettings } from './squid-settings.ts';

const rulesOf = (settings: string) => settings.split('\n').filter((line) => line.startsWith('http_access'));

it('the proxy lets TLS through to what is listed, never inwards, and nothing else', () => {
  const settings = squidSettings({ port: 3128, allowed: ['.example.com'], free: [] });
  assert.match(settings, /^acl allowed dstdomain \.example\.com$/m);
  assert.match(settings, /^acl inward dst .*169\.254\.0\.0\/16/m);
  assert.deepEqual(rulesOf(settings), [
    'http_access deny !connect',
    'http_access deny !tls',
    'http_access deny inward',
    'http_access allow allowed',
    'http_access deny all',
  ]);
});

it('our own functions reach every public address, and no private one', () => {
  const settings = squidSettings({ port: 3128, allowed: ['.example.com'], free: ['10.64.0.0/20'] });
  assert.match(settings, /^acl free src 10\.64\.0\.0\/20$/m);
  const rules = rulesOf(settings);
  assert.ok(rules.indexOf('http_access deny inward') < rules.indexOf('http_access allow free'));
  assert.equal(rules.at(-1), 'http_access deny all');
});
