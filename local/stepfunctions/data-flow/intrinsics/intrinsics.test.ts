import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../../shared/domain/json.ts';
import { StateFailure } from '../../errors/state-failure.ts';
import { scopeOf } from '../../testing/scope.ts';
import { PathSyntaxError } from '../reference-path.ts';
import { compileIntrinsic } from './compile.ts';

const input = {
  list: [1, 2, 2, { a: 1, b: 2 }, { b: 2, a: 1 }, null],
  name: 'Ada',
  template: 'x={} \\{y\\}',
  one: { a: { x: 1 }, b: 1 },
  two: { a: { y: 2 } },
  long: 'x'.repeat(10_001),
  deep: { nested: [1] },
};

const scope = scopeOf(input, { context: { State: { Name: 'S' } }, variables: { answer: 42 } });
const evaluate = (source: string): Json => compileIntrinsic(source).evaluate(scope);

describe('an intrinsic function', () => {
  const cases: readonly [call: string, result: Json][] = [
    ["States.Format('Hello {}, {}', $.name, 1.5)", 'Hello Ada, 1.5'],
    ["States.Format('{} {} {}', null, true, $answer)", 'null true 42'],
    ["States.Format('\\{\\} it\\'s \\\\ {}', 'a\\'b')", "{} it's \\ a'b"],
    ['States.Format($.template, 1)', 'x=1 {y}'],
    ["States.Format('plain')", 'plain'],
    ['States.StringToJson(\'{"a": [1]}\')', { a: [1] }],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.deep)', '{"nested":[1]}'],
    ['States.JsonToString(null)', 'null'],
    ['States.Array()', []],
    ["States.Array(1, 'a', null, $.deep, $$.State.Name)", [1, 'a', null, input.deep, 'S']],
    ['States.ArrayPartition($.list, 4)', [input.list.slice(0, 4), input.list.slice(4)]],
    ['States.ArrayContains($.list, null)', true],
    ['States.ArrayContains($.list, $.two)', false],
    ['States.ArrayRange(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['States.ArrayRange(3, 0, -2)', [3, 1]],
    ['States.ArrayRange(1, 0, 1)', []],
    ['States.ArrayRange(0.6, 2.4, 1)', [1, 2]],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayGetItem($.list, 5)', null],
    ['States.ArrayLength($.list)', 6],
    ['States.ArrayLength($.absent[*])', 0],
    ['States.ArrayUnique($.list)', [1, 2, { a: 1, b: 2 }, null]],
    ["States.Base64Encode('Grüße')", 'R3LDvMOfZQ=='],
    ["States.Base64Decode('R3LDvMOfZQ==')", 'Grüße'],
    ["States.Base64Decode('YQ')", 'a'],
    ["States.Hash('input data', 'MD5')", '812f45842bc6d66ee14572ce20db8e86'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.JsonMerge($.one, $.two, false)', { a: { y: 2 }, b: 1 }],
    ['States.MathRandom(1, 11)', 6],
    ['States.MathAdd(1.5, -0.5)', 2],
    ['States.MathAdd( -0.5 , 0)', 0],
    ["States.StringSplit('a.b+c,,', '.+,')", ['a', 'b', 'c']],
    ["States.StringSplit('a😀b😁', '😀')", ['a', 'b😁']],
    ["States.StringSplit('', ',')", []],
    ['States.UUID()', '00000000-0000-4000-8000-000000000000'],
    ["States.ArrayGetItem(States.StringSplit('a/b', '/'), States.MathAdd(0, 1))", 'b'],
  ];
  for (const [call, result] of cases) test(call, () => assert.deepEqual(evaluate(call), result));

  test('draws the same number for the same seed, within its bounds', () => {
    const drawn = Array.from({ length: 50 }, (_, seed) => evaluate(`States.MathRandom(10, 20, ${seed})`));
    assert.ok(drawn.every((number) => (number as number) >= 10 && (number as number) < 20));
    assert.ok(new Set(drawn).size > 5);
    assert.equal(evaluate('States.MathRandom(10, 20, 7)'), drawn[7]);
  });

  test('names the variables it refers to', () => {
    assert.deepEqual(compileIntrinsic("States.Format('{}{}', $a.b, States.Array($c, $a))").variables, [
      'a',
      'c',
    ]);
  });
});

describe('an intrinsic function fails', () => {
  const failing = [
    "States.Format('{}', 1, 2)",
    "States.Format('{}{}', 1)",
    "States.Format('{}', $.deep)",
    'States.Format(1)',
    "States.StringToJson('{')",
    'States.ArrayPartition($.list, 0)',
    'States.ArrayPartition($.name, 1)',
    'States.ArrayContains($.name, 1)',
    'States.ArrayRange(0, 1, 0)',
    'States.ArrayRange(0, 1000, 1)',
    'States.ArrayGetItem($.list, 6)',
    'States.ArrayGetItem($.list, -1)',
    'States.ArrayGetItem($.list, 0.5)',
    'States.ArrayLength($.name)',
    'States.Base64Encode($.long)',
    "States.Base64Decode('a')",
    "States.Base64Decode('a b=')",
    "States.Base64Decode('YQ=')",
    "States.Hash($.long, 'MD5')",
    "States.Hash('a', 'md5')",
    "States.Hash(1, 'MD5')",
    'States.JsonMerge($.one, $.two, true)',
    'States.JsonMerge($.list, $.two, false)',
    'States.MathRandom(2, 2)',
    "States.MathAdd('1', 2)",
    'States.MathAdd(1e300, 2)',
    "States.StringSplit(1, ',')",
  ];
  for (const call of failing)
    test(call, () => {
      const failure = failureOf(call);
      assert.equal(failure.error, 'States.IntrinsicFailure');
      assert.ok(
        failure.explanation?.startsWith(
          `The function '${call}' had the following error: Invalid arguments in`,
        ),
      );
    });

  test('where an argument is not there', () => {
    const nested = "States.Format('{}', States.Array($.nope.x))";
    assert.equal(failureOf(nested).error, 'States.Runtime');
    const absent = (argument: string): string =>
      `had the following error: The JsonPath argument for the field '${argument}' could not be found in the input '{"a":1}'`;
    const small = scopeOf({ a: 1 });
    const told = (call: string): string | undefined => failureOf(call, small).explanation;
    assert.equal(told(nested), `The function '${nested}' ${absent('$.nope.x')}`);
    assert.equal(told('States.Array($$.X.Y)'), `The function 'States.Array($$.X.Y)' ${absent('$.X.Y')}`);
    assert.equal(
      told('States.Array($.a[0])'),
      "The function 'States.Array($.a[0])' had the following error: Filter: [0] can only be applied to arrays. Current context is: 1",
    );
  });
});

function failureOf(call: string, seen = scope): StateFailure {
  try {
    compileIntrinsic(call).evaluate(seen);
  } catch (error) {
    assert.ok(error instanceof StateFailure, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: `${call} did not fail` });
}

describe('what is no call of an intrinsic function', () => {
  const nested = (depth: number): string => `${'States.Array('.repeat(depth)}1${')'.repeat(depth)}`;
  const texts = [
    'States.Array',
    'States.Array(',
    'States.Array(1',
    'States.Array(1,)',
    'States.Array(1)x',
    'States.Array(1).length()',
    'States.Array("a")',
    "States.Array('a)",
    "States.Array('a\\\"b')",
    'States.Array(tru)',
    'States.Array($.a b)',
    'States.Unknown(1)',
    'States.constructor(1)',
    'States.UUID(1)',
    "States.Hash('a')",
    nested(11),
  ];
  for (const text of texts)
    test(text.slice(0, 40), () => assert.throws(() => compileIntrinsic(text), PathSyntaxError));

  test('ten calls within each other are taken', () => {
    let item = evaluate(nested(10));
    for (let depth = 0; depth < 10; depth += 1) item = (item as readonly Json[])[0] as Json;
    assert.equal(item, 1);
  });
});
