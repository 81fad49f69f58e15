import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unpainted } from '../testing/unpainted.ts';
import { faultLines } from './code-frame.ts';

const lines = (place: string, line: string, length = 1) =>
  faultLines({ faults: [{ place, message: 'Wrong', source: { line, length } }] }, unpainted);

test('a fault is shown in its line, with the place marked', () => {
  assert.deepEqual(lines('agent.ts:12:9', '  const = 1;', 3), [
    'agent.ts:12:9: Wrong',
    '  12 │   const = 1;',
    '     │         ^^^',
  ]);
});

test('of a long line the part around the place is shown', () => {
  const [, text = '', mark = ''] = lines('a.ts:1:501', `${'x'.repeat(500)}?${'y'.repeat(500)}`) ?? [];
  assert.ok(text.length < 80);
  assert.equal(text[mark.indexOf('^')], '?');
});

test('a line cannot take the terminal over, and a mark stays within it', () => {
  assert.equal(lines('a.ts:1:1', '\u001b[2Jx', 99)?.[1], '  1 │ x');
  assert.equal(lines('a.ts:1:2', 'ab', 99)?.[2], '    │  ^');
});

test('without a place there is no frame, without faults nothing', () => {
  assert.deepEqual(faultLines({ faults: [{ place: '', message: 'Wrong' }] }, unpainted), ['Wrong']);
  assert.equal(faultLines(undefined, unpainted), undefined);
  assert.equal(faultLines({ faults: [] }, unpainted), undefined);
});
