import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanLine, cleanText } from './clean.ts';

test('an agent cannot colour, move or rewrite what is shown', () => {
  assert.equal(cleanText('\u001b[2K\u001b[1A\u001b[32mApproved\u001b[0m'), 'Approved');
  assert.equal(cleanText('safe\r\u0007\u0008\u009bbad'), 'safe\nbad');
  assert.equal(cleanText('\u001b]8;;http://evil\u0007link\u001b]8;;\u0007'), 'link');
});

test('text that would read backwards is straightened', () => {
  assert.equal(cleanText('pay \u202e001\u202c euros'), 'pay 001 euros');
});

test('line breaks stay in text and become blanks in a line', () => {
  assert.equal(cleanText('a\r\nb\nc'), 'a\nb\nc');
  assert.equal(cleanLine(' a\n\tb  c '), 'a b c');
});
