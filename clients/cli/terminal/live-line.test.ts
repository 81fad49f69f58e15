import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { remembering } from '../testing/remembering.ts';
import { unpainted } from '../testing/unpainted.ts';
import { LiveLine } from './live-line.ts';
import { Output } from './output.ts';

function shownAt(columns: number): string {
  const screen = remembering({ isTTY: true, columns });
  const live = new LiveLine(screen, unpainted);
  live.show((width) => 'x'.repeat(width));
  live.hide();
  return stripVTControlCharacters(screen.text).replaceAll('\r', '');
}

test('the live line leaves room for the cursor', () => {
  assert.equal(shownAt(60).length, 59);
  assert.equal(shownAt(2).length, 3);
});

test('a terminal of no columns has 80', () => {
  assert.equal(shownAt(0).length, 79);
  assert.equal(new Output(remembering({ isTTY: true, columns: 0 })).columns, 80);
  assert.equal(new Output(remembering()).columns, 110);
});
