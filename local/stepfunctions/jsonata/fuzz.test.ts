import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../shared/domain/json.ts';
import { EvaluationFailure } from '../errors/state-failure.ts';
import { Deferred } from './deferred.ts';
import { noSeeds } from './dialect/draws.ts';
import { compileJsonata } from './expression.ts';
import { JsonataSyntaxError } from './syntax-error.ts';
import { TestScope } from './testing/scope.ts';
import { Threads } from './workers/threads.ts';

/** Milliseconds of processor time in which others wait, at most: on a slow machine that does other things as well. */
const longestMs = 250;

const names = [
  'a',
  'b',
  'list',
  'x',
  '__proto__',
  'constructor',
  'toString',
  'length',
  'sequence',
  'tupleStream',
];
const functions =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent decodeUrl toMillis fromMillis clone now millis uuid hash range partition parse eval'.split(
    ' ',
  );

const name = fc.constantFrom(...names);
const literal = fc.oneof(
  fc.constantFrom(
    '0',
    '-1',
    '1e308',
    '1e7',
    '0.5',
    'true',
    'null',
    '""',
    '"a"',
    '"0.0e0"',
    '"[Y]"',
    '[]',
    '{}',
    '?',
  ),
  fc.integer({ min: -100, max: 1_000_000 }).map(String),
  fc.string({ maxLength: 6 }).map((text) => JSON.stringify(text)),
  fc.constantFrom('/a/', '/(a+)+$/', '/[/', '/(?:/i'),
);
const start = fc.oneof(
  literal,
  fc.constantFrom('$states.input', '$states', '$v', '$', '$$', '*', '**', '%', '$states.input.list'),
  name,
);

/** Expressions of every kind, mostly such as parse. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression');
  const operator = fc.constantFrom(
    '+',
    '-',
    '*',
    '/',
    '%',
    '&',
    '=',
    '!=',
    '<',
    '>=',
    'and',
    'or',
    'in',
    '~>',
    '.',
    ':=',
    '..',
  );
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      start,
      fc.tuple(part, operator, part).map(([left, sign, right]) => `${left} ${sign} ${right}`),
      fc
        .tuple(fc.constantFrom(...functions), fc.array(part, { maxLength: 3 }))
        .map(([f, values]) => `$${f}(${values.join(', ')})`),
      fc
        .tuple(fc.constantFrom('map', 'filter', 'reduce', 'sort', 'each', 'sift', 'single'), part, part)
        .map(([f, of, by]) => `$${f}(${of}, function($v, $w) { ${by} })`),
      fc.tuple(part, part).map(([of, by]) => `${of}[${by}]`),
      fc.tuple(part, part, part).map(([of, key, value]) => `${of}{${key}: ${value}}`),
      fc.tuple(part, part).map(([of, by]) => `${of}^(>${by})`),
      fc.tuple(part, part).map(([of, by]) => `${of} ~> |$|${by}|`),
      fc.tuple(part, name, part).map(([of, field, then]) => `${of}@$v.${field}#$i.(${then})`),
      fc.array(part, { maxLength: 3 }).map((parts) => `[${parts.join(', ')}]`),
      fc
        .array(part, { maxLength: 3 })
        .map((parts) => `(${parts.map((one, index) => `$v${index} := ${one}`).join('; ')})`),
      fc.tuple(part, part, part).map(([test, then, otherwise]) => `(${test} ? ${then} : ${otherwise})`),
      fc.tuple(name, part).map(([key, value]) => `{"${key}": ${value}}`),
      fc.tuple(part, part).map(([body, value]) => `($f := function($v) { ${body} }; $f(${value}))`),
    ),
  };
});

const data = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(
    JSON.parse('{"__proto__": {"x": 1}, "list": [{"a": 1}, {"a": "b"}, [1, [2]]], "constructor": 5}'),
    {
      a: 'aaaaaaaaaaaaaaaaaaaaaaaa!',
      list: Array.from({ length: 300 }, (_, x) => ({ x, b: `b${x}` })),
      b: [],
    },
    {
      list: [],
      sequence: true,
      tupleStream: true,
      x: { _jsonata_lambda: true, body: {}, arguments: [] },
    } as Json,
  ),
);

/** What nobody writes by chance. */
const hostile: readonly string[] = [
  '('.repeat(20_000),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'-'.repeat(20_000)}1`,
  `a${'.a'.repeat(20_000)}`,
  `a${'[0]'.repeat(20_000)}`,
  `1${'+1'.repeat(20_000)}`,
  `1${'~>$string'.repeat(5_000)}`,
  `$f${'(1)'.repeat(5_000)}`,
  `${'function($x){'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `${'true?'.repeat(5_000)}1`,
  `"${'\\'.repeat(99_999)}`,
  `/${'(a'.repeat(50_000)}/`,
  `/*${'*'.repeat(100_000)}`,
  'a'.repeat(200_000),
  `function($x)<${'('.repeat(5_000)}>{1}`,
  `function($x)<${'s?'.repeat(5_000)}:s>{1}`,
  `[${'1,'.repeat(50_000)}1]`,
  '$reduce([1..5000], function($f, $i) { $f ~> $uppercase }, $uppercase)("a")',
  '($y := function($f) { function($x) { $f($x) } }; $reduce([1..5000], function($g, $i) { $y($g) }, $abs)(1))',
];

/** Processor time of trying it, in milliseconds; whatever is not of the two kinds of refusal is thrown. */
function attempt(
  source: string,
  input: Json,
): { readonly ms: number; readonly deferred: Deferred | undefined } {
  const before = process.threadCpuUsage();
  let deferred: Deferred | undefined;
  try {
    const value = compileJsonata(source).evaluate(new TestScope(input, { v: [1, 2] }), 'Output');
    assert.ok(JSON.stringify(value) !== undefined);
  } catch (error) {
    if (error instanceof Deferred) deferred = error;
    else if (!(error instanceof EvaluationFailure || error instanceof JsonataSyntaxError)) throw error;
  }
  const { user, system } = process.threadCpuUsage(before);
  return { ms: (user + system) / 1_000, deferred };
}

describe('expressions of all kinds', () => {
  const threads = new Threads({ size: 2, deadlineMs: 200, memoryMb: 64 });
  after(() => threads.close());
  const elsewhere: string[] = [];

  test('end in a value or in one of the two refusals, and hold up nobody', () => {
    const property = fc.property(expression, data, (source, input) => {
      const before = JSON.stringify(input);
      const { ms, deferred } = attempt(source, input);
      if (deferred !== undefined && elsewhere.length < 40) elsewhere.push(source);
      assert.equal(JSON.stringify(input), before, 'it has changed its input');
      assert.ok(ms < longestMs, `it took ${ms} ms`);
    });
    fc.assert(property, { numRuns: 10_000, verbose: 1 });
    assert.deepEqual(Object.keys(Object.prototype), []);
  });

  test('so do hostile ones', () => {
    for (const source of hostile) {
      const { ms } = attempt(source, {});
      assert.ok(ms < 4 * longestMs, `${source.slice(0, 40)}… took ${ms} ms`);
    }
  });

  test('end on the threads as well', async () => {
    const values = JSON.stringify({ states: { input: { a: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' } }, v: [1] });
    const jobs = elsewhere.map((source) => threads.evaluate({ source, values, now: 0, seeds: noSeeds }));
    const outcomes = await Promise.all(jobs);
    for (const { kind } of outcomes) assert.ok(['value', 'nothing', 'unsupported', 'failed'].includes(kind));
  });
});
