import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evaluate, TestScope } from '../testing/scope.ts';

const nothing = /returned nothing \(undefined\)\.$/;

function refuses(source: string, explanation: RegExp): void {
  assert.throws(
    () => evaluate(source),
    (error) => explanation.test((error as Error).message),
    source,
  );
}

describe('$parse', () => {
  test('reads JSON', () => {
    assert.deepEqual(evaluate('$parse("{\\"a\\": [1, 2]}").a'), [1, 2]);
    assert.equal(evaluate('$exists($parse("null"))'), true);
    assert.deepEqual(evaluate('$map(["1", "2"], $parse)'), [1, 2]);
    assert.deepEqual(evaluate('$parse("{\\"a\\": {\\"a\\": \\"b\\"}, \\"b\\": [{\\"a\\": 1}]}").b.a'), 1);
  });

  test('reads it as strictly as the service', () => {
    for (const text of [
      '',
      '  ',
      'no',
      '{"a":1}{"b":2}',
      '{"a":1,"a":2}',
      '{"a":{"b":1,"\\u0062":2}}',
      '1e400',
    ])
      refuses(`$parse(${JSON.stringify(text)})`, /\. D3137: Invalid JSON$/);
    refuses('$parse(null)', /T0410: Argument 1 of function "parse" does not match function signature$/);
    refuses('$parse("1", 2)', /T0410/);
    refuses('$parse()', nothing);
  });
});

describe('$partition', () => {
  test('cuts a list, the last part holding the rest', () => {
    assert.deepEqual(evaluate('$partition([1, 2, 3, 4, 5], 2)'), [[1, 2], [3, 4], [5]]);
    assert.deepEqual(evaluate('$partition([1, 2, 3], 2.9)'), [[1, 2], [3]]);
    assert.deepEqual(evaluate('$partition([0], 5)'), [[0]]);
    assert.deepEqual(evaluate('$partition([1, 2])'), [[1, 2]]);
  });

  test('has no parts of no size, and refuses what is no list', () => {
    for (const source of ['$partition([], 2)', '$partition([1], 0)', '$partition([1], -0.5)'])
      refuses(source, nothing);
    refuses('$partition([1, 2, 3], -1)', /D3137: Second argument must be zero or greater$/);
    refuses(
      '$partition(null, 2)',
      /T0412: Argument 1 of function "partition" must be an array of undefined$/,
    );
    refuses('$partition([1], "x")', /T0410: Argument 2/);
  });
});

describe('$range', () => {
  test('goes to its end where a step lands on it', () => {
    assert.deepEqual(evaluate('$range(0, 10, 2)'), [0, 2, 4, 6, 8, 10]);
    assert.deepEqual(evaluate('$range(10, 0, -3)'), [10, 7, 4, 1]);
    assert.deepEqual(evaluate('$range(-1.7, 2, 1)'), [-1, 0, 1, 2]);
    assert.deepEqual(evaluate('$range(5, 1, -1.5)'), [5, 4, 3, 2, 1]);
  });

  test('of one element is the element', () => {
    assert.equal(evaluate('$range(1, 9, 9)'), 1);
  });

  test('that goes nowhere is nothing', () => {
    for (const source of ['$range(5, 1, 1)', '$range(1, 5, 0)', '$range(1, 5)']) refuses(source, nothing);
    refuses('$range(1)', /T0410/);
  });

  test('is bounded', () => {
    refuses(
      '$range(1, 360146, 1)',
      /: Expression evaluation memory limit exceeded: Check for excessive memory usage$/,
    );
    refuses('$range(1, 1e300, 1)', /memory limit/);
    assert.deepEqual(evaluate('$count($range(-9e18, 9e18, 9e18))'), 3);
  });
});

describe('$hash', () => {
  test('is of the text in UTF-8', () => {
    assert.equal(evaluate('$hash("Hello", "MD5")'), '8b1a9953c4611296a827abf8c47804d7');
    assert.equal(evaluate('$hash("ñ", "MD5")'), '94e9342ecbb1458b6043ecd3bfcbc192');
    assert.equal(evaluate('$hash("input", "SHA-1")'), '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1');
    for (const [name, length] of Object.entries({ 'SHA-256': 64, 'SHA-384': 96, 'SHA-512': 128 }))
      assert.equal((evaluate(`$hash("Hello", "${name}")`) as string).length, length);
  });

  test('knows its algorithms by their exact names', () => {
    refuses(
      '$hash("a", "md5")',
      /D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5$/,
    );
    refuses('$hash("a", 5)', /T0410: Argument 2/);
    refuses('$hash(42, "MD5")', /T0410: Argument 1/);
    refuses('$hash("a")', nothing);
  });
});

describe('$random', () => {
  test('of a seed is what the service answers for it', () => {
    assert.equal(evaluate('$random(42)'), 0.7275636800328681);
    assert.equal(evaluate('$random(0.9)'), 0.730967787376657);
    assert.equal(evaluate('$random(7)'), 0.7306990420600421);
    refuses('$random(1, 2)', /T0410/);
  });

  test('without one follows from its scope', () => {
    const drawn = evaluate('[$random(), $random()]', new TestScope({}, {}, 0.5));
    assert.deepEqual(drawn, evaluate('[$random(), $random()]', new TestScope({}, {}, 0.5)));
    const [first, second] = drawn as readonly number[];
    assert.equal(first, 0.5);
    assert.ok(second !== undefined && second >= 0 && second < 1 && second !== first);
    assert.notDeepEqual(drawn, evaluate('[$random(), $random()]', new TestScope({}, {}, 0.75)));
  });

  test('shuffles by the same chance', () => {
    const shuffled = evaluate('$shuffle([1..9])', new TestScope({}, {}, 0.5));
    assert.deepEqual(shuffled, evaluate('$shuffle([1..9])', new TestScope({}, {}, 0.5)));
    assert.deepEqual([...(shuffled as readonly number[])].sort(), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('$uuid', () => {
  test('is of version 4, each its own', () => {
    const drawn = evaluate('[$uuid(), $uuid(), $uuid()]') as readonly string[];
    assert.equal(new Set(drawn).size, 3);
    for (const id of drawn)
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    refuses('$uuid("seed")', /T0410: Argument 1 of function "uuid"/);
  });
});
