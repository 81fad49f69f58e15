import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../shared/domain/json.ts';
import { StateFailure } from '../errors/state-failure.ts';
import { scopeOf } from '../testing/scope.ts';
import { compilePath } from './path.ts';
import { PathSyntaxError } from './reference-path.ts';

const store = {
  books: [
    { title: 'A', price: 8, tags: ['x', 'y'], isbn: '1' },
    { title: 'B', price: 12, tags: [] },
    { title: 'C', price: 22, tags: ['x'], isbn: null },
  ],
  bike: { price: 19, 'a b': 1, "it's": 2 },
  list: [0, 1, 2, 3, 4],
  none: null,
};

const find = (source: string, input: Json = store): Json | undefined =>
  compilePath(source).find(scopeOf(input));

describe('a path', () => {
  const cases: readonly [path: string, found: Json | undefined][] = [
    ['$.bike.price', 19],
    ["$.bike['a b']", 1],
    ["$.bike.['a b']", 1],
    ["$['bike']['it\\'s']", 2],
    ['$.bike["it\'s"]', 2],
    ['$.none', null],
    ['$.none.x', undefined],
    ['$.list[4]', 4],
    ['$.list[-1]', 4],
    ['$.list[-6]', undefined],
    ['$.list[5]', undefined],
    ['$.bike[0]', undefined],
    ['$.list[0,2,9]', [0, 2]],
    ['$.list[ 0 , -1 ]', [0, 4]],
    ['$.list[1:3]', [1, 2]],
    ['$.list[-2:]', [3, 4]],
    ['$.list[:2]', [0, 1]],
    ['$.list[::2]', [0, 2, 4]],
    ['$.list[::-1]', [4, 3, 2, 1, 0]],
    ['$.list[3:1:-1]', [3, 2]],
    ['$.list[::0]', []],
    ['$.list[5:1]', []],
    ['$.list[*]', [0, 1, 2, 3, 4]],
    ['$.bike.*', [19, 1, 2]],
    ['$.books[*].isbn', ['1', null]],
    ['$..price', [8, 12, 22, 19]],
    ['$..books[0].title', ['A']],
    ['$..[0]', [store.books[0] as Json, 'x', 'x', 0]],
    ["$.bike['price','a b','zzz']", { price: 19, 'a b': 1 }],
    ["$.books[*]['title','price']", ['A', 8, 'B', 12, 'C', 22]],
    ['$.list.length()', 5],
    ['$.books[*].title.length()', 3],
    ['$.list.sum()', undefined],
    ['$.absent[*]', []],
    ['$.absent.deep[1:].x', []],
    ['$.none[*]', []],
  ];
  for (const [path, found] of cases)
    test(`${path} is ${JSON.stringify(found)}`, () => assert.deepEqual(find(path), found));

  test('starts at the input, the context object or a variable', () => {
    const scope = scopeOf({ a: 1 }, { context: { a: 2 }, variables: { $: 0, answer: { a: 3 } } });
    assert.equal(compilePath('$.a').find(scope), 1);
    assert.equal(compilePath('$$.a').find(scope), 2);
    assert.equal(compilePath('$answer.a').find(scope), 3);
    assert.equal(compilePath('$question').find(scope), undefined);
    assert.deepEqual(compilePath('$answer.a').variables, ['answer']);
    assert.deepEqual(compilePath('$$.a').variables, []);
  });

  test('sees nothing of what objects inherit', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'length']) {
      assert.equal(find(`$.${name}`, {}), undefined, name);
      assert.deepEqual(find(`$..${name}`, [{}]), [], name);
    }
    assert.equal(find('$.__proto__', JSON.parse('{"__proto__": 1}')), 1);
    assert.equal(find('$.list.length'), undefined);
  });
});

describe('a filter', () => {
  const titles = (filter: string): Json | undefined => find(`$.books[?(${filter})].title`);
  const cases: readonly [filter: string, titles: string][] = [
    ["@.title == 'B'", 'B'],
    ['@.title != "B"', 'AC'],
    ['@.price < 12', 'A'],
    ['@.price <= 12', 'AB'],
    ['@.price>12', 'C'],
    ['@.price >= 12 && @.price < 20', 'B'],
    ["@.title == 'A' || @.price == 22", 'AC'],
    ["!(@.title == 'A')", 'BC'],
    ['@.isbn', 'AC'],
    ['!@.isbn', 'B'],
    ['@.isbn == null', 'C'],
    ["@.price == '12'", 'B'],
    ["@.price === '12'", ''],
    ["@.title in ['A', 'C']", 'AC'],
    ["@.title nin ['A', 'C']", 'B'],
    ["@.tags contains 'y'", 'A'],
    ["@.tags anyof ['y', 'z']", 'A'],
    ["@.tags noneof ['x']", 'B'],
    ["@.tags subsetof ['x']", 'BC'],
    ['@.tags size 2', 'A'],
    ['@.tags empty true', 'B'],
    ['@.tags[*]', 'AC'],
    ["@.tags == ['x']", 'C'],
    ['@.price < $.bike.price', 'AB'],
    ["$.absent == 'x'", ''],
    ["@.tags[?(@.x)] || @.title < 'B'", 'A'],
    ['@.price < true', ''],
  ];
  for (const [filter, expected] of cases) test(filter, () => assert.deepEqual(titles(filter), [...expected]));

  test('tests an object itself, and what is below once', () => {
    assert.deepEqual(find('$.bike[?(@.price > 18)].price'), [19]);
    assert.deepEqual(find('$..[?(@.price > 18)].price'), [22, 19]);
  });

  test('does not see scalars as they are', () => {
    assert.deepEqual(find('$.list[?(@ > 2)]'), []);
    assert.deepEqual(find('$[?(@ == [1])]', [[1], [2]]), [[1]]);
  });
});

describe('what is no path', () => {
  const texts = [
    '',
    'a',
    '$.',
    '$..',
    '$a.',
    '$[',
    '$[]',
    '$[a]',
    '$.a[0',
    "$['a]",
    '$.a b',
    '$$$',
    '$.a()x',
    '$.a[1.5]',
  ];
  const filters = [
    '$[?]',
    '$[?()]',
    '$[?(@.a =~ /x+/)]',
    '$[?(@.a == )]',
    '$[?(@.a ~ 1)]',
    '$[?@.a]',
    '$[?(@.a && )]',
  ];
  for (const text of [...texts, ...filters, `$${'[?(@'.repeat(40)}`, `$${'.a'.repeat(300)}`])
    test(text.slice(0, 30) || 'nothing', () => assert.throws(() => compilePath(text), PathSyntaxError));
});

test('a path that finds nothing tells how far it came', () => {
  const told = (source: string): string | undefined => {
    try {
      compilePath(source).read(scopeOf(store));
      return undefined;
    } catch (error) {
      assert.ok(error instanceof StateFailure);
      assert.equal(error.error, 'States.Runtime');
      return error.explanation;
    }
  };
  assert.equal(told('$.x'), "Invalid path '$.x' : No results for path: $['x']");
  assert.equal(told('$.x.y'), "Invalid path '$.x.y' : Missing property in path $['x']");
  assert.equal(told('$.list[7]'), "Invalid path '$.list[7]' : No results for path: $['list'][7]");
  assert.match(
    told('$.bike[0]') ?? '',
    /Filter: \[0\] can only be applied to arrays. Current context is: \{"price"/,
  );
  assert.match(
    told('$.list.x') ?? '',
    /Expected to find an object with property \['x'\] in path \$\['list'\]/,
  );
});
