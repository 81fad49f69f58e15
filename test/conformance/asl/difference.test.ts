import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../shared/domain/json.ts';
import { causeDifference, difference } from './difference.ts';

const path = (expected: Json | undefined, actual: Json | undefined, awsText?: string[]): string | undefined =>
  difference(expected, actual, awsText === undefined ? {} : { awsText })?.path;

describe('two values', () => {
  test('are alike whatever the order of their names', () => {
    assert.equal(path({ a: [1, { b: null }], c: 'x' }, { c: 'x', a: [1, { b: null }] }), undefined);
  });

  test('differ where one has, lacks or adds something', () => {
    assert.equal(path({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }), '$.a[1].b');
    assert.equal(path({ a: 1 }, {}), '$.a');
    assert.equal(path({}, { 'a b': 1 }), '$["a b"]');
    assert.equal(path([1], [1, 2]), '$[1]');
    assert.equal(path([1, 2], [2, 1]), '$[0]');
    assert.equal(path({}, []), '$');
    assert.equal(path('1', 1), '$');
    assert.equal(path(null, {}), '$');
    assert.equal(path(0, false), '$');
    assert.equal(path(undefined, null), '$');
    assert.equal(path({ constructor: 1 }, {}), '$.constructor');
  });

  test('what is told: the place, what was recorded and what came', () => {
    assert.deepEqual(difference({ a: 1 }, { a: 2 }), { path: '$.a', expected: 1, actual: 2 });
    assert.deepEqual(difference(1, undefined), { path: '$', expected: 1 });
  });
});

describe('wildcards', () => {
  test('alone stand for any value that is there', () => {
    for (const value of ['x', '', 0, null, { a: 1 }] as const)
      assert.equal(path('<any:uuid>', value), undefined);
    assert.equal(path({ id: '<any:uuid>' }, {}), '$.id');
  });

  test('within a text stand for one character or more, of that text alone', () => {
    assert.equal(path('arn:(<any:a>):<any:b>', 'arn:(1\n2):3'), undefined);
    assert.equal(path('arn:<any:a>', 'arn:'), '$');
    assert.equal(path('arn:<any:a>', 'xarn:1'), '$');
    assert.equal(path('a.c <any:a>', 'abc 1'), '$');
    assert.equal(path('n <any:a>', 7), '$');
  });

  test('for texts of AWS want a text, and the very one where that is asked for', () => {
    assert.equal(path('<any:aws-text:0>', 'anything'), undefined);
    assert.equal(path('<any:aws-text:0>', ''), '$');
    assert.equal(path('<any:aws-text:0>', null), '$');
    assert.equal(path('<any:aws-text:1>', 'At 5 (x).', ['no', 'At <any:n> (x).']), undefined);
    assert.equal(path('<any:aws-text:1>', 'At 5 (y).', ['no', 'At <any:n> (x).']), '$');
  });
});

describe('causes', () => {
  test('recorded as objects are compared as the JSON that they hold', () => {
    assert.equal(causeDifference({ a: 1 }, '{ "a": 1 }'), undefined);
    assert.equal(causeDifference({ a: 1 }, '{"a":2}')?.path, '$.a');
    assert.equal(causeDifference({ a: 1 }, 'no JSON')?.path, '$');
    assert.equal(causeDifference({ a: 1 }, undefined)?.path, '$');
    assert.equal(path({ cause: { a: 1 } }, { cause: '{"a":1}' }), undefined);
    assert.equal(path({ text: { a: 1 } }, { text: '{"a":1}' }), '$.text');
  });

  test('recorded as texts are compared letter by letter', () => {
    assert.equal(causeDifference('{"a":1}', '{"a": 1}')?.path, '$');
    assert.equal(path({ Cause: null }, { Cause: null }), undefined);
    assert.equal(path({ Cause: null }, {}), '$.Cause');
  });
});
