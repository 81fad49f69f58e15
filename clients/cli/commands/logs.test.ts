import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpainted } from '../testing/unpainted.ts';
import { textOf } from './logs.ts';

const line = {
  seq: 3,
  at: '2026-11-21T10:00:00.000Z',
  operation: 1,
  level: 'warn',
  message: 'Slow',
} as const;

test('a line has its time, level, message and particulars', () => {
  assert.equal(textOf(line, unpainted), '2026-11-21T10:00:00.000Z  warn   Slow');
  const data = { rows: 7 };
  assert.equal(textOf({ ...line, data }, unpainted), '2026-11-21T10:00:00.000Z  warn   Slow  {"rows":7}');
});

test('a program cannot take the terminal over', () => {
  const text = textOf({ ...line, message: 'a\u001b[2Jb', data: '\u001b]0;x\u0007' }, unpainted);
  assert.ok(![...text].some((letter) => letter < ' '), JSON.stringify(text));
});
