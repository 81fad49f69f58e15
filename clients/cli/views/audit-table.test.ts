import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEvent } from '../../../shared/protocol/audit.ts';
import { unpainted } from '../testing/unpainted.ts';
import { auditTable, auditTitles } from './audit-table.ts';
import { auditWords } from './audit-words.ts';

const event = (type: string, payload: Record<string, unknown>, by = 'user:ann'): AuditEvent => ({
  v: 1,
  id: 'evt_1',
  tenant: 'acme',
  seq: 1,
  type,
  at: '2026-11-28T14:05:00.000Z',
  by,
  prev: '0'.repeat(64),
  digest: '0'.repeat(64),
  salt: '',
  payload,
});

const said: readonly [string, Record<string, unknown>, string][] = [
  ['agent.published', { agent: 'csv', number: '1.0.0' }, 'csv 1.0.0'],
  ['key.created', { key: '01k', name: 'ci', roles: ['user', 'admin'] }, 'ci (01k), user admin'],
  ['key.revoked', { key: '01k', reason: 'Lost' }, '01k: Lost'],
  ['tenant.ordered', { order: 'suspend', tenant: 'acme', reason: 'Unpaid' }, 'suspend acme: Unpaid'],
  ['tenant.settled', { status: 'suspended', runs: 3 }, '3 runs paused'],
  ['tenant.settled', { status: 'active', runs: 1 }, '1 run resumed'],
  ['run.exported', { run: 'run_1', children: true }, 'run_1: with those it called'],
  ['run.removed', { run: 'run_1', agent: 'csv', endedAt: '2026-01-01' }, 'run_1: csv, ended 2026-01-01'],
  ['payload.erased', { run: 'run_1', seq: 3, reason: 'Names' }, 'run_1 event 3: Names'],
  ['retention.set', { days: 5 }, 'runs are kept for 5 days'],
  ['retention.set', {}, 'runs are kept for ever'],
  ['webhook.created', { webhook: 'whk_1', url: 'https://x', events: ['a', 'b'] }, 'whk_1, a b: https://x'],
  ['tenant.created', {}, ''],
  ['alias.set', { agent: 'csv', alias: 'live', number: '1.0.0' }, 'csv@live → 1.0.0'],
  [
    'access.refused',
    { code: 'auth.invalid', message: 'It has expired', route: 'GET /v1/runs', address: '::1', times: 7 },
    'It has expired [auth.invalid], GET /v1/runs, ::1, 7 times',
  ],
  ['comes.later', { a: 1 }, '{"a":1}'],
];

for (const [type, payload, expected] of said) {
  test(`${type} is told in words`, () => assert.equal(auditWords({ type, payload }), expected));
}

test('rows that follow stand in the columns of their titles, and fit the terminal', () => {
  const screen = { paint: unpainted, columns: 80, terminal: true };
  const titles = auditTitles(screen);
  const long = event(
    'access.refused',
    { code: 'c', message: 'm'.repeat(200), route: 'r', times: 1 },
    'system',
  );
  for (const one of [long, event('key.revoked', { key: 'k' }, `user:${'x'.repeat(90)}`)]) {
    const [line = ''] = auditTable([one], screen, 'rows');
    assert.ok(line.length <= 80, line);
    assert.equal(line.indexOf(one.type), titles.indexOf('event'));
  }
});

test('what somebody else has written cannot steer the terminal', () => {
  const screen = { paint: unpainted, columns: 80, terminal: true };
  const lines = auditTable([event('key.revoked', { key: 'k', reason: '\u001b[2Jgone\nnew' })], screen);
  assert.equal(lines.length, 2);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  assert.doesNotMatch(lines.join(''), /[\u0000-\u001f]/);
});
