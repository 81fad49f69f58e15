import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileStringPattern } from './string-pattern.ts';

describe('a pattern of StringMatches', () => {
  const cases: readonly [pattern: string, text: string, matches: boolean][] = [
    ['log-*.txt', 'log-1.txt', true],
    ['log-*.txt', 'log-.txt', true],
    ['log-*.txt', 'log-1.txt.gz', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*a*b*', 'xxaxxbxx', true],
    ['*a*b*', 'xxbxxaxx', false],
    ['*ab*ab', 'abab', true],
    ['*ab*ab', 'ab', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a\\\\*', 'a\\x', true],
    ['a.c', 'abc', false],
    ['a*c', 'a\nc', true],
    ['a\\', 'a\\', true],
    ['', '', true],
    ['', 'a', false],
  ];
  for (const [pattern, text, matches] of cases)
    test(`'${pattern}' ${matches ? 'matches' : 'does not match'} '${text}'`, () =>
      assert.equal(compileStringPattern(pattern).test(text), matches));

  test('with many stars does not take long over what does not match', () => {
    const began = performance.now();
    assert.equal(compileStringPattern(`${'*a'.repeat(100)}*b`).test('a'.repeat(250_000)), false);
    assert.ok(performance.now() - began < 500);
  });
});
