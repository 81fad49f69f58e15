import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../shared/domain/json.ts';
import { StateFailure } from '../errors/state-failure.ts';
import { scopeOf } from '../testing/scope.ts';
import { compileTemplate } from './payload-template.ts';
import { PathSyntaxError } from './reference-path.ts';

const scope = scopeOf(
  { a: null, list: [1, 2], o: { x: 1 } },
  { context: { State: { Name: 'S' } }, variables: { answer: 42 } },
);
const make = (template: Json): Json => compileTemplate(template)(scope);

describe('a payload template', () => {
  test('takes paths and calls in every depth, and leaves the rest', () => {
    const template = {
      'null.$': '$.a',
      'state.$': '$$.State.Name',
      plain: '$.a',
      nested: { list: [{ 'answer.$': '$answer', $: 1 }, 'States.UUID()', 2] },
      'called.$': "States.Format('{}', $.o.x)",
    };
    assert.deepEqual(make(template), {
      null: null,
      state: 'S',
      plain: '$.a',
      nested: { list: [{ answer: 42, $: 1 }, 'States.UUID()', 2] },
      called: '1',
    });
  });

  test('in which nothing is computed stands for itself', () => {
    const template = { a: [1, { b: null }] };
    assert.equal(make(template), template);
    assert.equal(make('$.a'), '$.a');
  });

  test('takes an index past the end of a list as null', () => {
    assert.deepEqual(make({ 'item.$': '$.list[7]' }), { item: null });
  });

  test('makes members of names that objects inherit', () => {
    const made = make(JSON.parse('{"__proto__.$": "$.o", "constructor.$": "$.o.x"}'));
    assert.equal(Object.getPrototypeOf(made), Object.prototype);
    assert.equal(JSON.stringify(made), '{"__proto__":{"x":1},"constructor":1}');
  });

  test('names the variables it refers to', () => {
    const template = { 'a.$': '$b.c', d: [{ 'e.$': "States.Format('{}{}', $f, $b)" }], g: '$h' };
    assert.deepEqual(compileTemplate(template).variables, ['b', 'f']);
  });

  test('whose path finds nothing ends the state', () => {
    const told = (path: string): string | undefined => {
      try {
        make({ 'field.$': path });
      } catch (error) {
        assert.ok(error instanceof StateFailure);
        return `${error.error} ${error.explanation}`;
      }
      return undefined;
    };
    const words = (path: string, seen: string): string =>
      `States.Runtime The JSONPath '${path}' specified for the field 'field.$' could not be found in the input '${seen}'`;
    assert.equal(told('$.o.y'), words('$.o.y', '{"a":null,"list":[1,2],"o":{"x":1}}'));
    assert.equal(told('$$.X'), words('$$.X', '{"State":{"Name":"S"}}'));
  });

  test('that is wrong is refused in the words of the service', () => {
    const message =
      "The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call";
    for (const value of ['', 'a', '$.', 'States.Format(', "States.Format('\\\"')", 1, null, ['$'], {}])
      assert.throws(
        () => compileTemplate({ 'x.$': value as Json }),
        (error) => error instanceof PathSyntaxError && error.message === message,
        String(value),
      );
  });

  test('may not make far more than may pass', () => {
    const input = { big: 'x'.repeat(200_000) };
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}.$`, '$']));
    assert.throws(
      () => compileTemplate(many)(scopeOf(input)),
      (error) => error instanceof StateFailure && error.error === 'States.DataLimitExceeded',
    );
  });
});
