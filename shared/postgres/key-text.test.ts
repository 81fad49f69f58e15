import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyText } from './key-text.ts';

test('ids and times are searched for as they are', () => {
  for (const id of ['run_01JDQ', '2026-01-01T00:00:00.000Z', 'POST /v1/runs user:ann 1', 'ä 漢 🙂'])
    assert.equal(keyText(id), id);
});

test('any text can be searched for, and different ones stay different', () => {
  const text = fc.string({
    unit: fc.constantFrom('\u0000', '\u0001', '\ud800', '\udc00', '0', 'd', '8', 'c'),
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      assert.ok(!keyText(a).includes('\u0000'));
      assert.equal(Buffer.from(keyText(a)).toString(), keyText(a), 'it comes through as UTF-8');
      assert.equal(keyText(a) === keyText(b), a === b);
    }),
  );
});
