import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, padEnd, padStart, widthOf, wrap } from './width.ts';

test('columns are counted, not code units', () => {
  assert.equal(widthOf('abc'), 3);
  assert.equal(widthOf('\u001b[31mabc\u001b[39m'), 3);
  assert.equal(widthOf('Gdańsk'), 6);
  assert.equal(widthOf('日本'), 4);
  assert.equal(widthOf('👩‍🚀'), 2);
});

test('padding and cutting keep columns', () => {
  assert.equal(padEnd('日', 4), '日  ');
  assert.equal(padStart('7', 3), '  7');
  assert.equal(cut('publish the report', 9), 'publish …');
  assert.equal(cut('short', 9), 'short');
  assert.equal(cut('日本語', 4), '日…');
});

test('text is wrapped between words, long words within', () => {
  assert.deepEqual(wrap('one two three', 8), ['one two', 'three']);
  assert.deepEqual(wrap('a\n\nb', 8), ['a', '', 'b']);
  assert.deepEqual(wrap('abcdefghij k', 4), ['abcd', 'efgh', 'ij k']);
});
