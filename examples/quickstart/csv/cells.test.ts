import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOrderOf, parseDate } from './dates.ts';
import { decodeText } from './decode.ts';
import { decimalMarkOf, parseNumber } from './numbers.ts';

const once = (...cells: string[]) => new Map(cells.map((cell) => [cell, 1]));

test('numbers as people write them', () => {
  const read = (['12', '-1.5', '1,234.5', '€ 12.90', '12.90 EUR', '45 %', '(3)', '1e3', '.5'] as const).map(
    (cell) => parseNumber(cell),
  );
  assert.deepEqual(read, [12, -1.5, 1234.5, 12.9, 12.9, 45, -3, 1000, 0.5]);
  assert.deepEqual(
    ['12,90', '1.234,5', '1 234,5', '1.234', '12.90'].map((cell) => parseNumber(cell, ',')),
    [12.9, 1234.5, 1234.5, 1234, 12.9],
  );
});

test('what is no number', () => {
  for (const cell of ['', 'three', 'n/a', '1,2', '12-11', '1.2.3', '1e999', '0x10', 'NaN', 'Infinity']) {
    assert.equal(parseNumber(cell), undefined, cell);
  }
});

test('the decimal mark is the one that makes numbers', () => {
  assert.equal(decimalMarkOf(once('1,5', '2,25', '3')), ',');
  assert.equal(decimalMarkOf(once('1.5', '1,234')), '.');
});

test('dates as people write them', () => {
  const iso = (cell: string, order?: 'day first' | 'month first') =>
    new Date(parseDate(cell, order) ?? Number.NaN).toISOString().slice(0, 16);
  assert.equal(iso('2026-10-31'), '2026-10-31T00:00');
  assert.equal(iso('2026-10-31T13:45:10.123Z'), '2026-10-31T13:45');
  assert.equal(iso('31.10.2026 07:30'), '2026-10-31T07:30');
  assert.equal(iso('10/31/2026', 'month first'), '2026-10-31T00:00');
  assert.equal(iso('2026-10'), '2026-10-01T00:00');
});

test('days there are not, and what is no date', () => {
  for (const cell of [
    '2026-02-30',
    '31.04.2026',
    '2026-13-01',
    '2026-10-31 25:00',
    'next week',
    '20261031',
  ]) {
    assert.equal(parseDate(cell), undefined, cell);
  }
});

test('the order of day and month is the one that makes dates', () => {
  assert.equal(dayOrderOf(once('03/04/2026', '12/31/2026')), 'month first');
  assert.equal(dayOrderOf(once('03/04/2026', '31/12/2026')), 'day first');
});

test('text that is not UTF-8', () => {
  assert.equal(decodeText(Buffer.from('Größe €', 'latin1').toString('base64')).slice(0, 5), 'Größe');
  assert.equal(decodeText(Buffer.from([0x80, 0x31]).toString('base64')), '€1');
  assert.equal(decodeText(Buffer.from('\uFEFFä,b', 'utf16le').toString('base64')), 'ä,b');
});
