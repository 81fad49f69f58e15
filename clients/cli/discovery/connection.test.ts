import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from './connection.ts';

test('TANDEM_URL is where the server is', () => {
  const settings = { TANDEM_URL: 'https://tandem.example/', TANDEM_TOKEN: 't' };
  const { url } = connect({ cwd: '/', project: '/', settings, interactive: false }, '/d');
  assert.equal(url, 'https://tandem.example');
});
