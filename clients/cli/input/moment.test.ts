import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { moment } from './moment.ts';

const now = Date.UTC(2026, 10, 28, 12);
const of = (typed: string) => moment('--since', typed, now);

test('so long ago', () => {
  assert.equal(of('90s'), '2026-11-28T11:58:30.000Z');
  assert.equal(of('30m'), '2026-11-28T11:30:00.000Z');
  assert.equal(of('2h'), '2026-11-28T10:00:00.000Z');
  assert.equal(of('7d'), '2026-11-21T12:00:00.000Z');
  assert.equal(of('1w'), '2026-11-21T12:00:00.000Z');
});

test('a day begins where the reader is', () => {
  assert.equal(of('2026-11-28'), new Date(2026, 10, 28).toISOString());
  assert.equal(of('2026-11-28T09:30'), new Date(2026, 10, 28, 9, 30).toISOString());
});

test('a moment anywhere', () => {
  assert.equal(of('2026-11-28T09:30Z'), '2026-11-28T09:30:00.000Z');
  assert.equal(of('2026-11-28T09:30:15.5+02:00'), '2026-11-28T07:30:15.500Z');
});

test('anything else is a mistake', () => {
  for (const typed of ['', 'yesterday', '2', '2x', '-2h', '2026-13-01', '2026-11-28 09:30', '28.11.2026'])
    assert.throws(() => of(typed), UsageError);
});
