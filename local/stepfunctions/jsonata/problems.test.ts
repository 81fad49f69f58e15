import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonataProblems } from './problems.ts';

const nothing = { result: false, errorOutput: false };

function messages(expression: string, offered = nothing): readonly string[] {
  return jsonataProblems(`{% ${expression} %}`, offered).map(({ message }) => message);
}

function referred(name: string): string {
  return `Reference to '${name}' at the top level is not supported.`;
}

describe('what a definition is refused for', () => {
  const named = [
    'phone',
    'phone[0].number',
    '-phone',
    'phone ? 1 : 2',
    '$states.input.a ? phone : 2',
    "phone & 'x'",
    '$sum(phone)',
    'phone(1)',
    'phone ~> $string()',
    '[1..phone]',
    '(phone).other',
    '[phone].other',
    '{phone: 1}',
    '($x := phone; $x)',
    '$map($states.input.a, function($y){ phone })',
    '$count(phone[inner])',
    'phone.**.deeper',
  ];
  for (const expression of named)
    test(`a name without a document to read it from: ${expression}`, () => {
      assert.deepEqual(messages(expression), [referred('phone')]);
    });

  const anchored = [
    '$states.input.items[phone > 3]',
    '$states.input.a^(phone)',
    "$states.input.a{'k': phone}",
    '$states.input.a.(phone)',
    '$states.input.a.$phone',
    "$states.input ~> |phone|{'b': 1}|",
    '**.phone',
    "{'k': 1}.phone",
    '$states.input.a[$ > 1]',
    'function($x){ $x.phone }',
    "'phone'",
    '$now()',
  ];
  for (const expression of anchored)
    test(`but not ${expression}`, () => {
      assert.deepEqual(messages(expression), []);
    });

  test('the document itself', () => {
    assert.deepEqual(messages('$'), [referred('$')]);
    assert.deepEqual(messages('$string($)'), [referred('$')]);
    assert.deepEqual(messages('$$.phone'), ["Reference to '$$' is not supported."]);
  });

  test('each once, as written', () => {
    assert.deepEqual(messages('[bbb, aaa, bbb]'), [referred('bbb'), referred('aaa')]);
  });

  test('a field that $states does not have there', () => {
    assert.deepEqual(messages('$states.errorOutput.Cause'), ["Field '$states.errorOutput' does not exist."]);
    assert.deepEqual(messages('[$states.result]'), ["Field '$states.result' does not exist."]);
    assert.deepEqual(messages('$states.result', { result: true, errorOutput: false }), []);
    assert.deepEqual(messages('$states.input.errorOutput'), []);
  });

  test('what does not parse, with the place', () => {
    const value = { a: ['x', '{% a[1,2) %}'], b: '{% $ok %}' };
    assert.deepEqual(jsonataProblems(value, nothing), [
      { code: 'INVALID_JSONATA_EXPRESSION', message: 'Expected "]", got ","', path: '/a[1]' },
    ]);
  });
});
