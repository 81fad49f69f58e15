import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../shared/domain/json.ts';
import { StateFailure } from '../errors/state-failure.ts';
import { scopeOf } from '../testing/scope.ts';
import { type Condition, readCondition } from './choice-rules.ts';
import { Fields } from './fields.ts';
import type { Problem } from './problems.ts';

function compile(rule: JsonObject): { readonly condition: Condition; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const fields = new Fields(rule, '', problems);
  const condition = readCondition(fields);
  fields.close();
  return { condition, problems };
}

const applies = (rule: JsonObject, input: Json, variables: JsonObject = {}): boolean => {
  const { condition, problems } = compile(rule);
  assert.deepEqual(problems, []);
  return condition(scopeOf(input, { context: { State: { Name: 'S' } }, variables }));
};

const noon = '2026-03-01T12:00:00Z';
const noonElsewhere = '2026-03-01T17:30:00+05:30';
const later = '2026-03-01T12:00:00.000000001Z';

describe('a comparison', () => {
  /** An operator, a value it holds of, its operand, and values it does not hold of. */
  const cases: readonly [operator: string, holds: Json, operand: Json, ...fails: Json[]][] = [
    ['StringEquals', 'a', 'a', 'b', '', 1, null, ['a'], { a: 'a' }],
    ['StringLessThan', 'a', 'b', 'b', 'c', 1],
    ['StringLessThanEquals', 'b', 'b', 'c', null],
    ['StringGreaterThan', 'b', 'a', 'a', 'B', []],
    ['StringGreaterThanEquals', 'a', 'a', 'Z', true],
    ['NumericEquals', 1, 1.0, '1', true, null, [1]],
    ['NumericLessThan', 1, 1.5, 1.5, 2, '1'],
    ['NumericLessThanEquals', 2, 2, 2.1, false],
    ['NumericGreaterThan', 3, 2, 2, '3'],
    ['NumericGreaterThanEquals', 2, 2, 1.9, null],
    ['BooleanEquals', false, false, true, 0, '', null],
    ['TimestampEquals', noonElsewhere, noon, later, '2026-03-01', 'noon', 1],
    ['TimestampLessThan', noon, later, later, noon.slice(0, -1)],
    ['TimestampLessThanEquals', noonElsewhere, noon, later],
    ['TimestampGreaterThan', later, noon, noonElsewhere, '2026-03-02T00:00:00'],
    ['TimestampGreaterThanEquals', noonElsewhere, noon, '2026-03-01T12:00:00+00:01'],
  ];
  for (const [operator, holds, operand, ...fails] of cases) {
    test(operator, () => {
      const rule = { Variable: '$.value', [operator]: operand };
      assert.equal(applies(rule, { value: holds }), true);
      for (const value of fails) assert.equal(applies(rule, { value }), false, JSON.stringify(value));
    });

    test(`${operator}Path`, () => {
      const rule = { Variable: '$.value', [`${operator}Path`]: '$.other' };
      assert.equal(applies(rule, { value: holds, other: operand }), true);
      for (const value of fails) assert.equal(applies(rule, { value, other: operand }), false);
      for (const other of [null, [], {}]) assert.equal(applies(rule, { value: holds, other }), false);
    });
  }

  test('by pattern', () => {
    const rule = { Variable: '$.value', StringMatches: 'a*\\*' };
    assert.equal(applies(rule, { value: 'abc*' }), true);
    for (const value of ['abc', 'b*', 1, null]) assert.equal(applies(rule, { value }), false);
  });

  test('with variables and the context object', () => {
    const rule = { Variable: '$guess.text', StringEqualsPath: '$answer' };
    assert.equal(applies(rule, {}, { guess: { text: 'x' }, answer: 'x' }), true);
    assert.equal(applies({ Variable: '$$.State.Name', StringEquals: 'S' }, {}), true);
  });
});

describe('a test of a type', () => {
  const values: readonly Json[] = [null, '', 'a', noon, noonElsewhere, 0, 1.5, true, false, [], {}];
  const cases: readonly [operator: string, holds: (value: Json) => boolean][] = [
    ['IsNull', (value) => value === null],
    ['IsString', (value) => typeof value === 'string'],
    ['IsNumeric', (value) => typeof value === 'number'],
    ['IsBoolean', (value) => typeof value === 'boolean'],
    ['IsTimestamp', (value) => value === noon || value === noonElsewhere],
    ['IsPresent', () => true],
  ];
  for (const [operator, holds] of cases)
    test(operator, () => {
      for (const value of values)
        for (const wanted of [true, false])
          assert.equal(
            applies({ Variable: '$.value', [operator]: wanted }, { value }),
            holds(value) === wanted,
          );
    });

  test('IsPresent of what is not there', () => {
    for (const path of ['$.a.b', '$.list[1]', '$variable'])
      assert.equal(applies({ Variable: path, IsPresent: false }, { list: [0] }), true, path);
  });
});

test('rules within rules', () => {
  const is = (value: number): JsonObject => ({ Variable: '$.value', NumericEquals: value });
  assert.equal(applies({ And: [is(1), { Not: is(2) }] }, { value: 1 }), true);
  assert.equal(applies({ Or: [is(2), { And: [is(1), is(3)] }] }, { value: 1 }), false);
  const guarded = {
    And: [
      { Variable: '$.x', IsPresent: true },
      { Variable: '$.x', IsNull: true },
    ],
  };
  assert.equal(applies(guarded, {}), false);
});

test('a path that names nothing ends the state', () => {
  for (const rule of [
    { Variable: '$.absent', IsNull: true },
    { Variable: '$.value', StringEqualsPath: '$.absent' },
  ])
    assert.throws(
      () => applies(rule, { value: 'a' }),
      (error) =>
        error instanceof StateFailure &&
        error.error === 'States.Runtime' &&
        error.explanation ===
          "Invalid path '$.absent': The choice state's condition path references an invalid value.",
    );
});

test('rules nested beyond measure are refused', () => {
  let rule: JsonObject = { Variable: '$.value', IsNull: true };
  for (let depth = 0; depth < 10_000; depth += 1) rule = { Not: rule };
  assert.match(compile(rule).problems.at(-1)?.message ?? '', /rules are within each other/);
});
