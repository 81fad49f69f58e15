import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { connect } from './connection.ts';

const from = (url: string) =>
  connect({ cwd: '/', project: '/', env: { TANDEM_URL: url }, interactive: false }, '/d');

test('TANDEM_URL is where the server is', () => {
  assert.equal(from('https://tandem.example/').url, 'https://tandem.example');
});

test('an address that is none is a mistake', () => {
  for (const url of ['foo', 'localhost:4400', 'file:///etc']) assert.throws(() => from(url), UsageError);
});
