import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EvaluationFailure } from '../../errors/state-failure.ts';
import { Deferred } from '../deferred.ts';
import { evaluate, TestScope } from '../testing/scope.ts';

/** Milliseconds of processor time that others may have to wait; on a slow machine, that is. */
const longestMs = 150;

const text = 'x'.repeat(200_000);
const list = Array.from({ length: 20_000 }, (_, index) => ({ k: `v${index}`, n: index % 100 }));
const scope = new TestScope({ text, list }, {}, 0.5);

const timeout = /: Expression evaluation timeout|Deferred/;
const memory = /: Expression evaluation memory limit exceeded: Check for excessive memory usage$/;
const depth =
  /: Stack overflow error: Check for non-terminating recursive function\. Consider rewriting as tail-recursive$/;

function outcome(source: string): string {
  const before = process.threadCpuUsage();
  try {
    return JSON.stringify(evaluate(source, scope)).slice(0, 60);
  } catch (error) {
    assert.ok(error instanceof EvaluationFailure || error instanceof Deferred, String(error));
    return `${error.name} ${error.message}`;
  } finally {
    const { user, system } = process.threadCpuUsage(before);
    assert.ok(user + system < longestMs * 1_000, `${source} took ${(user + system) / 1_000} ms`);
  }
}

describe('an expression where others wait', () => {
  const endless = [
    '($f := function($x) { $f($x) }; $f(1))',
    '$map([1..100000], function($v) { $shuffle($states.input.list) })',
    '$map([1..100000], function($v) { $hash($states.input.text, "SHA-512") })',
    '$map([1..100000], function($v) { $contains($states.input.text, "xxxxxxxxxxy") })',
    '$map([1..100000], function($v) { $uppercase($states.input.text) })',
    '$map([1..100000], function($v) { $partition($states.input.list, 3) })',
    '$map([1..100000], function($v) { $states.input.list ~> |$|{"a": 1}| })',
    '$map([1..100000], function($v) { $uuid() })',
    '$map([1..100000], function($v) { $parse("[" & $join($map([1..9], $string), ",") & "]") })',
    '$reduce([1..50], function($a, $b) { [$a, $a] }, [1])',
    '$string($reduce([1..50], function($a, $b) { [$a, $a] }, [1]))',
    '$reduce([1..50], function($a, $b) { [$a, $a] }, [1]) = $reduce([1..50], function($a, $b) { [$a, $a] }, [1])',
    '$reduce($states.input.list, $append, [])',
    '$sort($states.input.list, function($l, $r) { $l.n > $r.n })',
    '$states.input.list^(n)',
    '$states.input.list{k: n}',
    '$distinct($states.input.list)',
    '$states.**',
    '[1..1000].$states.input.list',
    '$formatNumber(0, "0.0e0")',
    '$formatNumber(-1, "0.0e0")',
    '$pad($states.input.text, 6000000)',
  ];
  for (const source of endless)
    test(`goes elsewhere before anybody notices: ${source}`, () => {
      assert.match(outcome(source), timeout);
    });

  const patterns = [
    '$match($states.input.text, /(x+)+y/)',
    '($f := function($a, $b)<s+s+s+s+:s> { $a }; $f("a", "b"))',
    '$toMillis($states.input.text)',
    '$toMillis("2024", "[Y][Y][Y][Y]")',
    '$formatNumber(1, $states.input.text)',
    '$formatNumber(1, "0", {"zero-digit": $states.input.text})',
  ];
  for (const source of patterns)
    test(`goes elsewhere with what may take for ever: ${source}`, () => {
      assert.match(outcome(source), /^Deferred/);
    });

  const large = [
    '[1..873783] ~> $count()',
    '$range(1, 360146, 1)',
    '$pad("", 1e9)',
    '$pad("", 7000, $states.input.text)',
    '$join($map([1..100], function($v) { $states.input.text }))',
    '$fromMillis(0, "[Y,1000000000]")',
  ];
  for (const source of large)
    test(`holds no more than the service lets it: ${source.slice(0, 70)}`, () => {
      assert.match(outcome(source), memory);
    });

  const deep = (open: string, close: string, levels: number): string =>
    `${open.repeat(levels)}1${close.repeat(levels)}`;

  test('nests as deep as the service lets it, and no deeper', () => {
    for (const [open, close] of [
      ['(', ')'],
      ['[', ']'],
    ] as const) {
      assert.doesNotMatch(outcome(deep(open, close, 99)), depth);
      assert.match(outcome(deep(open, close, 100)), depth);
    }
    assert.equal(outcome(`1${'+1'.repeat(99)}`), '100');
    assert.match(outcome(`1${'+1'.repeat(100)}`), depth);
    const recursive = (levels: number): string =>
      `($f := function($x) { $x <= 0 ? 0 : 1 + $f($x - 1) }; $f(${levels}))`;
    assert.equal(outcome(recursive(31)), '31');
    assert.match(outcome(recursive(32)), depth);
  });

  test('survives data that nest deeper than it can go', () => {
    const nested = new TestScope(JSON.parse(deep('[', ']', 20_000)));
    for (const source of ['$string($states.input)', '$states.**', '[$states.input]'])
      assert.throws(() => evaluate(source, nested), depth);
  });

  test('quotes no more of a value than one can read', () => {
    const told = outcome('{$states.input.list: 1}');
    assert.match(told, /T1003: Key in object structure must evaluate to a string; got: …$/);
  });
});
