import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { library } from '../library/load.ts';
import { evaluate, TestScope } from '../testing/scope.ts';
import { isPlainPath } from './plain-path.ts';

const plain = ['$states', '$v', '$states.input', '$states.input.a.b', '$v.`a b`'];
const others = [
  '1',
  '$f()',
  '$v[0]',
  '$v.a[]',
  '$v[]',
  '$v.a[b]',
  '$v{a: b}',
  '$v.a^(b)',
  '$v@$x.a',
  '$v.a#$i',
  '$v.*',
  '$v.(a)',
  '$v.$w',
  'a.b',
];

describe('an expression that only reads', () => {
  for (const source of plain) test(source, () => assert.equal(isPlainPath(library().parse(source)), true));
  for (const source of others)
    test(`not ${source}`, () => assert.equal(isPlainPath(library().parse(source)), false));

  test('gives the very data', () => {
    const input = { a: { deep: [[1], [2]] }, list: [{ n: [1, 2] }, { n: 3 }] };
    const scope = new TestScope(input);
    assert.equal(evaluate('$states.input.a', scope), input.a);
    assert.equal(evaluate('$states.input.a.deep', scope), input.a.deep);
    const flat = evaluate('$states.input.list.n', scope);
    assert.deepEqual(
      [flat, Object.keys(flat as object)],
      [
        [1, 2, 3],
        ['0', '1', '2'],
      ],
    );
  });
});
