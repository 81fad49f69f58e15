import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import jsonata from 'jsonata';
import { Frame } from './frame.ts';
import { known, library } from './load.ts';

const data = {
  account: 'Firefly',
  orders: [
    {
      id: 'a',
      items: [
        { name: 'Hat', price: 34.45, quantity: 2 },
        { name: 'Cap', price: 107.99, quantity: 1 },
      ],
    },
    {
      id: 'b',
      items: [
        { name: 'Hat', price: 34.45, quantity: 4 },
        { name: 'Cloak', price: 107.99, quantity: 1 },
      ],
    },
  ],
  nested: { a: { b: { c: 1 } }, list: [[1, 2], [3]], empty: [], nothing: null, yes: true },
  words: ['pear', 'fig', 'apple', 'plum'],
};

/** Each as the library has it on the left, the same on the right: what the edits must not change. */
const expressions = [
  '$data.account',
  '$data.orders.items.name',
  '$data.orders.items.(price * quantity)',
  '$sum($data.orders.items.(price * quantity))',
  '$data.orders[id = "b"].items[0].name',
  '$data.orders.items[price > 50][-1]',
  '$data.orders.items^(>price, <name).name',
  '$data.orders.items{name: $sum(quantity)}',
  '$data.orders.{"id": id, "names": [items.name]}',
  '$data.orders@$o.items@$i.{"order": $o.id, "item": $i.name}',
  '$data.orders#$n.items.{"n": $n, "name": name}',
  '$data.orders.items.{"name": name, "order": %.id}',
  '$data.**.price',
  '$data.nested.*',
  '$data.nested.list',
  '$data.nested.list[0]',
  '$data.nested.list[][0]',
  '$data.nested.empty',
  '$data.nested.nothing',
  '[$data.nested.a.b.c]',
  '[[1], [2, [3]]]',
  '[1..5]',
  '[1..3, 7..9]',
  '$map([1..5], function($v, $i, $a) { $v * $i + $count($a) })',
  '$filter($data.words, function($w) { $length($w) > 3 })',
  '$reduce([1..5], function($a, $b) { $a * $b })',
  '$reduce([1..5], $append, [])',
  '$single([1..5], function($v) { $v = 3 })',
  '$each($data.nested.a.b, function($v, $k) { $k & $v })',
  '$sift($data.nested, function($v, $k) { $k ~> $contains("t") })',
  '$sort($data.words)',
  '$sort($data.words, function($l, $r) { $length($l) > $length($r) })',
  '$sort([5, 3, 9, 1, 7, 3, 2], function($l, $r) { $l < $r })',
  '$sort([])',
  '$sort("one")',
  '($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(10))',
  '($f := function($n, $a) { $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(500, 0))',
  '($even := function($n) { $n = 0 ? true : $odd($n - 1) }; $odd := function($n) { $n = 0 ? false : $even($n - 1) }; $even(101))',
  '($add := function($a, $b) { $a + $b }; $five := $add(5, ?); $five(3))',
  '($half := $power(?, 0.5); $half(16))',
  '($trim ~> $uppercase)("  a b ")',
  '$data.words ~> $map($uppercase) ~> $join("-")',
  '($compose := function($f, $g) { function($x) { $g($f($x)) } }; $compose($abs, $sqrt)(-16))',
  'function($x) { $x }(3)',
  '$data.orders ~> |items|{"price": price * 2}, ["quantity"]|',
  '$spread($data.nested.a)',
  '$merge([{"a": 1}, {"b": 2}, {"a": 3}])',
  '$lookup($data, "account")',
  '$lookup($data.orders, "id")',
  '$keys($data.orders)',
  '$distinct([1, 2, 2, {"a": 1}, {"a": 1}, "x", "x"])',
  '$reverse([1..4])',
  '$zip([1..3], ["a", "b", "c"])',
  '$append([1, 2], 3)',
  '$exists($data.nothing)',
  '$boolean([0])',
  '$not($data.nested.yes)',
  '$type($data.nested.nothing)',
  '$string($data.nested)',
  '$string($data.nested, true)',
  '$string(1/3)',
  '$string(100000000000000000000)',
  '$number("0x12") + $number("1e3") + $number(true)',
  '$round(12.345, 2) + $round(-2.5) + $floor(1.5) + $ceil(1.5)',
  '$formatNumber(1234.5678, "#,##0.00")',
  '$formatNumber(-12, "#0;(#0)")',
  '$formatNumber(1234.5678, "00.000e0")',
  '$formatBase(255, 16)',
  '$formatInteger(1999, "I") & $formatInteger(12, "w") & $formatInteger(123, "#,##0;o")',
  '$parseInteger("twelve thousand", "w") + $parseInteger("MCM", "I")',
  '$substring("héllo", 1, 3) & $substringBefore("a-b", "-") & $substringAfter("a-b", "-")',
  '$pad("x", 5) & "|" & $pad("x", -5, "ab")',
  '$trim("  a   b ") & $lowercase("ABC")',
  '$split("a,b,c", ",")',
  '$split("a1b22c", /[0-9]+/)',
  '$match("ababbx", /a(b+)/)',
  '$replace("john smith", /(\\w+) (\\w+)/, "$2 $1")',
  '$replace("265USD", /([0-9]+)USD/, function($m) { $string($number($m.groups[0]) * 2) })',
  '$replace("a.b.c", ".", "-", 1)',
  '$contains("hello$world", /^hello\\$/)',
  '$base64encode("hi") & $base64decode("aGk=")',
  '$encodeUrlComponent("a b&c") & $decodeUrl("%20")',
  '$fromMillis(1510067557121)',
  '$fromMillis(1510067557121, "[D1o] [MNn] [Y0001] [H01]:[m01] [z]", "-0500")',
  '$toMillis("2017-11-07T15:12:37.121Z")',
  '$toMillis("13/09/2018", "[D]/[M]/[Y]")',
  '$max([1, 5, 3]) - $min([4, 2]) + $average([1, 2, 3])',
  '$data.nothing = null',
  '1 in [1, 2] and "b" in "b" or false',
  '"a" & 1 & null & [1] & {"k": 1}',
  '{"k": 1, "u": $data.absent}',
  '($x := 1; ($x := 2); $x)',
  '$data.words[$ > "fig"]',
  '$data.words[[0, -1]]',
  '/* a comment */ 1 + /* another */ 1',
  'λ($x) { $x * 2 }(4)',
  'function($x)<n:n> { $x }("text")',
  '$sqrt(-1)',
  '1 < "a"',
  '{"a": 1, "a": 2}.(1 + "x")',
  '-"a"',
  '$error("stop")',
  '$assert(false, "no")',
  '$single([1, 2])',
  '[1..1.5]',
  '{1: 2}',
  '$absent(1)',
  '$data.words^($)^(<$)',
  '$map($data.orders, $keys)',
  '$formatNumber(1, "x")',
  '$fromMillis(0, "[q]")',
];

interface Told {
  readonly value?: unknown;
  readonly code?: string;
  readonly message?: string;
}

function told(thrown: unknown): Told {
  const { code, message } = thrown as Told;
  return { ...(code && { code }), ...(message && { message }) };
}

async function byTheOriginal(source: string): Promise<Told> {
  try {
    return { value: written(await jsonata(source).evaluate(undefined, { data: structuredClone(data) })) };
  } catch (error) {
    return told(error);
  }
}

function byTheEdited(source: string): Told {
  const { parse, evaluate, explain, meter, root } = library();
  const frame = new Frame(root, meter);
  frame.bind('data', structuredClone(data));
  meter.begin({ steps: 1e7, patterns: true, now: 0, random: Math.random });
  try {
    return { value: written(evaluate(parse(source), frame)) };
  } catch (error) {
    explain(error as object);
    return told(error);
  }
}

/** As JSON has it: functions and marks are no part of a value. */
function written(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

describe('the library as it is edited', () => {
  for (const source of expressions)
    test(`agrees with the original on ${source}`, async () => {
      assert.deepEqual(byTheEdited(source), await byTheOriginal(source));
    });

  test('is made of one known text', () => {
    assert.throws(
      () => known('module.exports = () => {};'),
      /not the version that its edits were written for/,
    );
  });
});
