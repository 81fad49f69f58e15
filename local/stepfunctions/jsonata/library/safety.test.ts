import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bounds } from './edits-bounds.ts';
import { synchronous } from './edits-synchronous.ts';
import { Frame } from './frame.ts';
import { type Library, library, load } from './load.ts';

const defenceless = load([...synchronous, ...bounds]);

/** JSON text of the result: of what is no data nothing is left but that it is there. */
function run(source: string, input: string, { meter, root, parse, evaluate, explain }: Library): string {
  const frame = new Frame(root, meter);
  frame.bind('in', JSON.parse(input));
  meter.begin({ steps: 1e6, patterns: false, now: 0, random: () => 0 });
  try {
    return write(evaluate(parse(source), frame));
  } catch (error) {
    explain(error as object);
    return String((error as { readonly message: unknown }).message);
  }
}

function write(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (value === Object.prototype) return 'the prototype of all objects';
  return JSON.stringify(value) ?? 'nothing';
}

const lambda =
  '{"f": {"_jsonata_lambda": true, "arguments": [], "body": {"type": "string", "value": "mine"}}}';

/** What is tried, and what comes of it: as it should be. */
const attempts: readonly { readonly what: string; source: string; input?: string; comes: string }[] = [
  { what: 'a constructor', source: '$in.constructor', comes: 'nothing' },
  { what: 'a constructor by name', source: '$lookup($in, "constructor")', comes: 'nothing' },
  {
    what: 'a constructor of elements',
    source: '$in.list.constructor',
    input: '{"list": [{}]}',
    comes: 'nothing',
  },
  { what: 'a prototype', source: '$in.__proto__', comes: 'nothing' },
  { what: 'a prototype by name', source: '$lookup($in, "__proto__")', comes: 'nothing' },
  { what: 'a method', source: '$in.toString()', comes: 'Attempted to invoke a non-function' },
  {
    what: 'a getter',
    source: '$in.__lookupGetter__("__proto__")',
    comes: 'Attempted to invoke a non-function',
  },
  {
    what: 'a setter',
    source: '$in.__defineSetter__("a", $sum)',
    comes: 'Attempted to invoke a non-function',
  },
  {
    what: 'an object that is given a prototype',
    source: '{"__proto__": {"x": 1}}',
    comes: '{"__proto__":{"x":1}}',
  },
  {
    what: 'a merge of prototypes',
    source: '$merge([$in, {"b": 1}])',
    input: '{"__proto__": {"x": 1}}',
    comes: '{"__proto__":{"x":1},"b":1}',
  },
  {
    what: 'a spread of prototypes',
    source: '$spread($in)',
    input: '{"__proto__": {"x": 1}}',
    comes: '{"__proto__":{"x":1}}',
  },
  {
    what: 'a sift of prototypes',
    source: '$sift($in, function($v) { true })',
    input: '{"__proto__": {"x": 1}}',
    comes: '{"__proto__":{"x":1}}',
  },
  {
    what: 'a group by prototype',
    source: '$in.list{k: $sum(n)}',
    input: '{"list": [{"k": "__proto__", "n": 1}, {"k": "__proto__", "n": 2}]}',
    comes: '{"__proto__":3}',
  },
  {
    what: 'keys of prototypes',
    source: '$keys($in.list)',
    input: '{"list": [{"__proto__": 1}, {"a": 1}]}',
    comes: '["__proto__","a"]',
  },
  {
    what: 'a transformation into a prototype',
    source: '$in ~> |$|{"__proto__": {"x": 1}}|',
    comes: '{"__proto__":{"x":1}}',
  },
  {
    what: 'variables that a document brings in',
    source: '$in.list@$__proto__.($sum)([1])',
    input: '{"list": [{"sum": 9}]}',
    comes: '1',
  },
  {
    what: 'a document that says it is a function',
    source: '$in.f()',
    input: lambda,
    comes: 'Attempted to invoke a non-function',
  },
  {
    what: 'a document that says it is a tuple',
    source: '($t := $in.t; $t{"k": $secret})',
    input: '{"t": {"tupleStream": true, "@": 1, "secret": 2}}',
    comes: '{}',
  },
  {
    what: 'a document that says it wraps another',
    source: '$in.w.($)',
    input: '{"w": {"outerWrapper": true, "0": "inner"}}',
    comes: '{"0":"inner","outerWrapper":true}',
  },
  { what: 'the inside of a function', source: '$count($sum ~> $spread())', comes: '1' },
  { what: 'a length that is set', source: '{"l": [[1]]} ~> |l|{"length": 3}|', comes: '{"l":[[1]]}' },
];

describe('what data can do', () => {
  for (const { what, source, input = '{}', comes } of attempts)
    test(`${what}: nothing but be data`, () => {
      assert.equal(run(source, input, library()), comes);

      assert.notEqual(run(source, input, defenceless), comes, 'the defence does nothing');
    });

  test('no object has got anything from it', () => {
    assert.deepEqual(Object.keys(Object.prototype), []);
    assert.equal(({} as { readonly x?: unknown }).x, undefined);
  });
});
