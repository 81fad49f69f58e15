import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Deferred } from './deferred.ts';
import { compileJsonataTemplate } from './template.ts';
import { settle, TestScope } from './testing/scope.ts';
import { closeJsonataThreads } from './workers/workers.ts';

const scope = new TestScope({ a: 1, list: [1, 2] }, { total: 5 });

describe('a value of a definition', () => {
  after(closeJsonataThreads);

  test('has its expressions evaluated, wherever they are', () => {
    const value = {
      sum: '{% $states.input.a + $total %}',
      deep: [{ list: '{%$states.input.list%}' }],
      n: null,
    };
    const made = compileJsonataTemplate(value, 'Output')(scope);
    assert.deepEqual(made, { sum: 6, deep: [{ list: [1, 2] }], n: null });
  });

  test('is itself where a string is no whole expression', () => {
    const strings = [' {% 1 %} ', '{% 1', '1 %}', 'a {% 1 %} b', '{%}', '$states.input', ''];
    assert.deepEqual(compileJsonataTemplate(strings, 'Arguments')(scope), strings);
  });

  test('without an expression is the very value', () => {
    const value = { a: [1, { b: true }] };
    assert.equal(compileJsonataTemplate(value, 'Output')(scope), value);
  });

  test('keeps fields called like those of every object', () => {
    const value = JSON.parse('{"__proto__": "{% 1 %}", "constructor": "{% 2 %}"}');
    const made = compileJsonataTemplate(value, 'Output')(scope);
    assert.deepEqual(Object.entries(made as object), [
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });

  test('fails naming the field as the history does', () => {
    const made = compileJsonataTemplate({ a: { b: ['x', ['{% $absent %}']] } }, 'Catch[1]/Output');
    assert.throws(() => made(scope), {
      location: 'Catch[1]/Output/a/b[1][0]',
      explanation:
        "The JSONata expression '$absent' specified for the field 'Catch[1]/Output/a/b[1][0]' returned nothing (undefined).",
    });
  });

  test('knows the workflow variables that it refers to', () => {
    const value = ['{% $b + $a %}', { c: '{% ($own := $a; $map([1], function($v) { $v + $own })) %}' }];
    assert.deepEqual(compileJsonataTemplate(value, 'Output').variables, ['a', 'b']);
  });

  test('has all that takes long evaluated at once', async () => {
    const value = { x: '{% $contains("abc", /b/) %}', y: ['{% $contains("abc", /x/) %}'], z: '{% 1 %}' };
    const template = compileJsonataTemplate(value, 'Output');
    assert.throws(
      () => template(scope),
      (error) => error instanceof Deferred && error.others.length === 1 && error.others[0]?.key !== error.key,
    );
    assert.deepEqual(await settle(template), { x: true, y: [false], z: 1 });
  });

  test('does not hurry past what takes long', async () => {
    const value = ['{% $contains("abc", /b/) ~> $absent() %}', '{% $missing %}'];
    const template = compileJsonataTemplate(value, 'Output');
    assert.throws(() => template(scope), Deferred);
    await assert.rejects(settle(template), { location: 'Output[0]' });
  });
});
