import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../shared/domain/json.ts';
import { StateFailure } from '../errors/state-failure.ts';
import { scopeOf } from '../testing/scope.ts';
import { compileIntrinsic } from './intrinsics/compile.ts';
import { jsonText } from './json-text.ts';
import { compilePath } from './path.ts';
import { compileTemplate } from './payload-template.ts';
import { PathSyntaxError } from './reference-path.ts';
import { compileResultPath } from './result-path.ts';

const seed = Date.now();
console.log(`seed ${seed}`);
const runs = (numRuns: number): fc.Parameters<unknown> => ({ seed, numRuns });

const names = ['a', 'b', 'a b', "it's", '', '__proto__', 'constructor', 'toString', 'length', '0', 'a.$'];
const name = fc.constantFrom(...names);
const { document } = fc.letrec<{ document: Json; leaf: Json }>((tie) => ({
  leaf: fc.constantFrom<Json>(null, true, 0, 1.5, -1, '', 'a', '1', 'x{}y', '😀'),
  document: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('document'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('document')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
}));

const scope = (input: Json) =>
  scopeOf(input, { context: { a: input }, variables: Object.fromEntries([['a', input]]) });

/** What happened: a value, or one of the two failures that there may be. Everything else is thrown on. */
function attempt(run: () => Json | undefined): 'value' | 'nothing' | 'syntax' | 'failure' {
  try {
    return run() === undefined ? 'nothing' : 'value';
  } catch (error) {
    if (error instanceof PathSyntaxError) return 'syntax';
    if (error instanceof StateFailure) return 'failure';
    throw error;
  }
}

describe('whatever is written', () => {
  const pathParts = fc.constantFrom(
    ...[
      '$',
      '$$',
      '$a',
      '.',
      '..',
      '[',
      ']',
      '*',
      '?(',
      ')',
      '@',
      '==',
      '=~',
      '<',
      '&&',
      '||',
      '!',
      ',',
      ':',
      '-',
    ],
    ...[
      'in',
      'size',
      '0',
      '1',
      '-1',
      "'",
      '"',
      '\\',
      ' ',
      'a',
      '.a',
      "['a']",
      '[0]',
      '[*]',
      '..a',
      '[?(@.a)]',
      '()',
    ],
    ...[
      '.__proto__',
      '.constructor',
      '.length()',
      '[1:]',
      '[::-1]',
      '[0,1]',
      '\0',
      '😀',
      '{',
      '}',
      'null',
      '[]',
    ],
  );
  const soup = fc.array(pathParts, { maxLength: 12 }).map((parts) => parts.join(''));

  test('as a path is refused, or finds something or nothing', () => {
    const seen = new Set<string>();
    const path = fc.oneof(
      soup,
      soup.map((text) => `$${text}`),
      soup.map((text) => `$[?(@${text})]`),
    );
    fc.assert(
      fc.property(path, document, (source, input) => {
        seen.add(attempt(() => compilePath(source).find(scope(input))));
        attempt(() => compilePath(source).read(scope(input)));
        attempt(() => compileResultPath(source)(input, 1));
      }),
      runs(3_000),
    );
    assert.deepEqual([...seen].filter((outcome) => outcome !== 'failure').sort(), [
      'nothing',
      'syntax',
      'value',
    ]);
  });

  const callParts = fc.constantFrom(
    ...[
      'States.Array(',
      'States.Format(',
      "'{}'",
      "'",
      '\\',
      '\\{',
      '{',
      '}',
      '(',
      ')',
      ',',
      ' ',
      '$',
      '$.a',
      '$$.a',
    ],
    ...[
      '$a',
      '$..a',
      '0',
      '-1.5',
      '1e400',
      'true',
      'null',
      'States.',
      'States.Nothing(',
      'States.JsonToString(',
    ],
    ...[
      'States.StringToJson(',
      'States.ArrayRange(',
      'States.ArrayGetItem(',
      'States.UUID()',
      "'a'",
      '"a"',
      '\0',
    ],
  );

  test('as a call is refused, or gives a value or fails', () => {
    const call = fc.array(callParts, { maxLength: 10 }).map((parts) => `States.Array(${parts.join('')})`);
    fc.assert(
      fc.property(call, document, (source, input) => {
        attempt(() => compileIntrinsic(source).evaluate(scope(input)));
      }),
      runs(2_000),
    );
  });

  test('as a template is refused, or makes something that can be written or fails', () => {
    const text = fc.oneof(
      soup.map((source) => `$${source}`),
      fc.constantFrom('$', '$.a', '$..*', 'States.UUID()'),
    );
    const field = fc.tuple(
      name.map((key) => `${key}.$`),
      fc.oneof(text, document),
    );
    const template = fc
      .tuple(document, fc.array(field, { maxLength: 4 }))
      .map(([rest, fields]): Json => [rest, Object.fromEntries(fields)]);
    fc.assert(
      fc.property(template, document, (written, input) => {
        attempt(() => jsonText(compileTemplate(written)(scope(input))));
        assert.equal(Object.getPrototypeOf({}), Object.prototype);
      }),
      runs(2_000),
    );
  });
});

describe('a path made of steps', () => {
  const quoted = (key: string): string => `['${key.replaceAll("'", "\\'")}']`;
  const index = fc.integer({ min: -5, max: 5 });
  const bound = fc.option(index, { nil: undefined });
  const step = fc.oneof(
    name.map((key) => ({ written: quoted(key), take: (node: Json) => memberOf(node, key) })),
    index.map((at) => ({
      written: `[${at}]`,
      take: (node: Json) =>
        itemsOf(node).filter((_, place, all) => place === (at < 0 ? at + all.length : at)),
    })),
    fc.tuple(bound, bound).map(([from, to]) => ({
      written: `[${from ?? ''}:${to ?? ''}]`,
      take: (node: Json) => itemsOf(node).slice(from, to),
    })),
    fc.constant({ written: '[*]', take: partsOf }),
    fc.constant({ written: '..[*]', take: (node: Json) => below(node).flatMap(partsOf) }),
    name.map((key) => ({
      written: `..${quoted(key)}`,
      take: (node: Json) => below(node).flatMap((deep) => memberOf(deep, key)),
    })),
    name.map((key) => ({
      written: `[?(@${quoted(key)})]`,
      take: (node: Json) =>
        (Array.isArray(node) ? itemsOf(node) : [node]).filter((item) => memberOf(item, key).length > 0),
    })),
  );

  test('finds what the steps take one after the other', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), document, (steps, input) => {
        const source = `$${steps.map(({ written }) => written).join('')}[*]`;
        const expected = [...steps, { take: partsOf }].reduce<readonly Json[]>(
          (nodes, { take }) => nodes.flatMap(take),
          [input],
        );
        assert.deepEqual(compilePath(source).find(scope(input)), expected);
      }),
      runs(3_000),
    );
  });

  test('that names one place writes where it reads', () => {
    const place = fc.array(name, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(place, document, document, (keys, input, result) => {
        const source = `$${keys.map(quoted).join('')}`;
        const before = structuredClone(input);
        const outcome = attempt(() => {
          const made = compileResultPath(source)(input, result);
          assert.deepEqual(compilePath(source).find(scope(made)), result);
          return made;
        });
        assert.deepEqual(input, before);
        assert.notEqual(outcome, 'syntax');
      }),
      runs(1_000),
    );
  });
});

describe('what is taken apart comes together again', () => {
  const evaluate = (call: string, input: Json): Json => compileIntrinsic(call).evaluate(scopeOf(input));

  test('as Base64, JSON text and chunks of a list', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 50 });
    fc.assert(
      fc.property(
        text,
        document,
        fc.array(document),
        fc.integer({ min: 1, max: 5 }),
        (plain, value, list, size) => {
          assert.equal(evaluate('States.Base64Decode(States.Base64Encode($))', plain), plain);
          assert.deepEqual(evaluate('States.StringToJson(States.JsonToString($))', value), value);
          const chunks = evaluate('States.ArrayPartition($.list, $.size)', {
            list,
            size,
          }) as readonly Json[][];
          assert.deepEqual(chunks.flat(), list);
          assert.ok(chunks.every((chunk) => chunk.length <= size));
        },
      ),
      runs(1_000),
    );
  });
});

describe('what is meant to take for ever', () => {
  const wide: Json = Array.from({ length: 20_000 }, (_, index) => ({ a: index, b: [index] }));
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as Json;
  const deepObject = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`) as Json;
  const tower = (call: string, depth: number): string => `States.${call}(`.repeat(depth);

  const cases: readonly [source: string, input: Json][] = [
    ['$..*..*..*..*', wide],
    ['$..[?(@ == $)]', wide],
    ['$..[?(@ in $..*)]', wide],
    ["$..[?($..b contains 'x')]", wide],
    ['$..[?($..[?($..[?(@.a)])])]', wide],
    [`$${'[*]'.repeat(200)}`, deep],
    ['$..*', deep],
    ['$..a', deepObject],
    ['$..[?(@ == $)]', deepObject],
    [`$${'..*'.repeat(100)}`, deepObject],
    ['$[0:1000000000:1]', wide],
    ['$[-999999999999:999999999999:1]', wide],
  ];
  for (const [source, input] of cases)
    test(`${source.slice(0, 40)} over ${Array.isArray(input) ? 'a list' : 'an object'} ends`, () => {
      const began = performance.now();
      attempt(() => jsonText(compilePath(source).find(scopeOf(input)) as Json));
      assert.ok(performance.now() - began < 3_000);
    });

  const calls: readonly [source: string, input: Json][] = [
    [`${tower('Array', 9)}States.Array(${'$,'.repeat(999)}$)${')'.repeat(9)}`, { x: 'x'.repeat(100_000) }],
    [`States.JsonToString(${tower('JsonToString', 9)}$${')'.repeat(10)}`, '"\\'.repeat(100_000)],
    ["States.Format('{}{}{}{}{}{}{}{}{}{}', $, $, $, $, $, $, $, $, $, $)", 'x'.repeat(250_000)],
    ['States.ArrayUnique($)', wide],
    ['States.ArrayUnique($)', deep],
    ['States.ArrayContains($, $)', wide],
    ['States.JsonToString($)', deep],
    ["States.StringSplit($, 'x')", 'xy'.repeat(120_000)],
    ['States.StringToJson($)', '['.repeat(200_000)],
    ['States.ArrayRange(0, 9007199254740991, 1)', {}],
    ['States.ArrayPartition($, 1)', wide],
    ['States.Base64Decode($)', '='.repeat(200_000)],
  ];
  for (const [source, input] of calls)
    test(`${source.slice(0, 40)} ends`, () => {
      const began = performance.now();
      attempt(() => compileIntrinsic(source).evaluate(scopeOf(input)));
      assert.ok(performance.now() - began < 3_000);
    });

  test('a template nested beyond measure is refused', () => {
    assert.throws(() => compileTemplate(deep), PathSyntaxError);
    assert.throws(() => compileTemplate(deepObject), PathSyntaxError);
  });
});

function itemsOf(node: Json): readonly Json[] {
  return Array.isArray(node) ? node : [];
}

function partsOf(node: Json): readonly Json[] {
  return typeof node === 'object' && node !== null ? Object.values(node) : [];
}

function memberOf(node: Json, key: string): readonly Json[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([found, value]) => (found === key ? [value] : []));
}

/** A node and everything below it, parents first. */
function below(node: Json): readonly Json[] {
  return [node, ...partsOf(node).flatMap(below)];
}
