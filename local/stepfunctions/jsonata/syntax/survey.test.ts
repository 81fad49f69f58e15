import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileJsonata } from '../expression.ts';
import { library } from '../library/load.ts';
import { survey } from './survey.ts';

describe('the workflow variables of an expression', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['$b + $a.x[$c > 1]', ['a', 'b', 'c']],
    ['$states.input.a + $sum([1, $n])', ['n']],
    ['($x := $y; $x + $z)', ['y', 'z']],
    ['$x := $x + 1', ['x']],
    ['($x := 1; ($y := 2; $x + $y)) + $y', ['y']],
    ['function($p) { $p + $q }', ['q']],
    ['($f := function($n) { $n = 0 ? $end : $f($n - 1) }; $f(3))', ['end']],
    ['($even := function($n) { $odd($n) }; $odd := function($n) { $even($n + $m) }; $odd(1))', ['m']],
    ['$states.input.a@$o.b#$i.{"o": $o, "i": $i, "k": $k}', ['k']],
    ['$states.input.a#$i[$i > $j]', ['j']],
    ['$states.input.a{$k: $v}', ['k', 'v']],
    ['$states.input.a^(>$w)', ['w']],
    ['$states.input ~> |a|{"b": $u}, $d|', ['d', 'u']],
    ['$fn(?, $arg)', ['arg', 'fn']],
    ['[1..$end] ~> $map($g)', ['end', 'g']],
    ['-$n & (true ? $yes : $no)', ['n', 'no', 'yes']],
    ['$partition([1], 2) & $uuid() & $now() & $ & $$', []],
    ["'$text' & /$pattern/", []],
  ];
  for (const [source, variables] of cases)
    test(source, () => {
      assert.deepEqual(compileJsonata(source).variables, variables);
    });
});

describe('a survey', () => {
  const of = (source: string) => survey(library().parse(source));

  test('tells what is read of $states', () => {
    assert.deepEqual([...(of('$states.input.a + $states.context.b').fields ?? [])], ['input', 'context']);
    assert.equal(of('$states').fields, undefined);
    assert.equal(of('$states.*').fields, undefined);
    assert.equal(of('$states[0].input').fields, undefined);
    assert.equal(of('$map([$states], function($s) { $s.input })').fields, undefined);
  });

  test('finds what becomes a regular expression', () => {
    assert.equal(of('$map(["a"], function($v) { $contains($v, /a/) })').patterns, true);
    assert.equal(of('function($v)<s:s> { $v }').patterns, true);
    assert.equal(of('$contains("a", "/a/")').patterns, false);
  });
});
