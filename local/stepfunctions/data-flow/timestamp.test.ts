import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseInstant, parseTimestamp } from './timestamp.ts';

describe('a timestamp', () => {
  const equal: readonly (readonly [string, string])[] = [
    ['2026-03-01T00:00:00Z', '2026-03-01T01:00:00+01:00'],
    ['2026-02-28T23:30:00Z', '2026-03-01T05:00:00+05:30'],
    ['2026-03-01T00:00:00.5Z', '2026-02-28T16:00:00.500-08:00'],
    ['2024-02-29T00:00:00.000000001Z', '2024-02-29T00:00:00.000000001+00:00'],
  ];
  for (const [one, other] of equal)
    test(`${one} is ${other}`, () => {
      assert.notEqual(parseInstant(one), undefined);
      assert.equal(parseInstant(one), parseInstant(other));
    });

  test('is told to the nanosecond', () => {
    assert.equal(parseInstant('1970-01-01T00:00:01.000000002Z'), 1_000_000_002n);
    assert.equal(parseTimestamp('1970-01-01T00:00:01.234567Z'), 1_234);
    assert.equal(parseTimestamp('0001-01-01T00:00:00Z'), Date.parse('0001-01-01T00:00:00Z'));
  });

  const wrong = [
    '2026-03-01',
    '2026-03-01T00:00:00',
    '2026-03-01 00:00:00Z',
    '2026-03-01t00:00:00z',
    '2026-03-01T00:00Z',
    '2026-03-01T00:00:00+0100',
    '2026-03-01T00:00:00+01',
    '2026-03-01T00:00:00+18:01',
    '2026-03-01T24:00:00Z',
    '2026-03-01T23:60:00Z',
    '2026-03-01T23:59:60Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-03-00T00:00:00Z',
    '2026-03-01T00:00:00.Z',
    ' 2026-03-01T00:00:00Z',
  ];
  for (const text of wrong) test(`'${text}' is none`, () => assert.equal(parseInstant(text), undefined));
});
