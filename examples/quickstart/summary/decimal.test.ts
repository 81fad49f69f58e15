import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalText, exactSum, toNumber } from './decimal.ts';

const sumOf = (...values: number[]) => decimalText(exactSum(values));

test('decimals add up to what they add up to on paper', () => {
  assert.equal(sumOf(0.1, 0.2), '0.3');
  assert.equal(sumOf(...new Array<number>(1_000).fill(1.005)), '1005');
  assert.equal(sumOf(6660460.51, -0.01), '6660460.5');
  assert.equal(sumOf(-0.25, 0.2), '-0.05');
  assert.equal(sumOf(), '0');
});

test('no digit is lost between large and small numbers', () => {
  assert.equal(sumOf(9e15, 9e15, 9e15, 1), '27000000000000001');
  assert.equal(sumOf(1e21, 1e-9, -1e21), '0.000000001');
  assert.equal(sumOf(...new Array<number>(20).fill(999_999_999_999_999)), '19999999999999980');
});

test('a sum that no number can hold still has an average', () => {
  const sum = exactSum([1.5e308, 1.7e308]);
  assert.equal(toNumber(sum), Number.POSITIVE_INFINITY);
  assert.equal(toNumber(sum, 2), 1.6e308);
});

test('the order of the values says nothing', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer().map((n) => n / 100),
  );
  fc.assert(
    fc.property(fc.array(value), (values) => {
      assert.equal(sumOf(...values), sumOf(...values.toReversed()));
      assert.equal(sumOf(...values, ...values.map((one) => -one)), '0');
    }),
  );
});
