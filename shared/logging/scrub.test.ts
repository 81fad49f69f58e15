import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from './logger.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';

const secrets: readonly [string, unknown, string][] = [
  ['an authorization header', { headers: { Authorization: `Bearer ${jwt}` } }, jwt],
  [
    'a bearer token in a text',
    { text: 'curl -H "Authorization: Bearer s3cr3t-t0k3n-value"' },
    's3cr3t-t0k3n',
  ],
  ['a list of header values', { authorization: ['Bearer abcdefgh12345678'] }, 'abcdefgh12345678'],
  ['a JWT in a text', { text: `refused ${jwt}.` }, 'eyJzdWIi'],
  ['a ticket', { text: 'Ticket abcd.efgh_1234567' }, 'abcd.efgh'],
  ['a ticket member', { ticket: 'zzzz' }, 'zzzz'],
  ['a member that ends in Token', { taskToken: 'zzzz"quoted' }, 'zzzz'],
  ['an api key', { apiKey: 'zzzz', 'x-api-key': 'zzzz' }, 'zzzz'],
  ['a key by its looks', { text: 'key sk-live-abcdefghijklmnop used' }, 'abcdefghijklmnop'],
  [
    'an API key of ours',
    { text: 'Bearer? tk_01kah0000000000000000000aa_AbCdEf0123456789 it was' },
    'AbCdEf0123456789',
  ],
  ['a signed address', { url: 'http://127.0.0.1/v1/blobs/a?expires=1&signature=abcdef' }, 'abcdef'],
  ['a cookie', { headers: { 'set-cookie': 'id=zzzz' } }, 'zzzz'],
  ['an error message', { error: new Error(`token ${jwt}`) }, jwt],
];

for (const [name, fields, secret] of secrets) {
  test(`${name} is scrubbed`, () => {
    let written = '';
    const log = createLogger({ level: 'info', write: (line) => (written = line), now: () => 0 });
    log.info('request', fields as Record<string, unknown>);
    assert.ok(!written.includes(secret), written);
    JSON.parse(written);
  });
}

test('what is no secret stays', () => {
  let written = '';
  const log = createLogger({ level: 'info', write: (line) => (written = line), now: () => 0 });
  log.info('request', { run: 'run_01k', route: '/v1/runs/{run}', tokens: 12, idempotencyKey: 'k1' });
  assert.match(written, /run_01k.*\/v1\/runs\/\{run\}.*12.*k1/);
});
