import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EvaluationFailure } from '../errors/state-failure.ts';
import { compileJsonata } from './expression.ts';
import { JsonataSyntaxError } from './syntax-error.ts';
import { evaluate, TestScope } from './testing/scope.ts';

function causeOf(source: string, field = 'Output'): string | undefined {
  try {
    compileJsonata(source).evaluate(new TestScope({ list: [1, 2], text: 'x' }), field);
  } catch (error) {
    assert.ok(error instanceof EvaluationFailure, String(error));
    assert.equal(error.error, 'States.QueryEvaluationError');
    assert.equal(error.location, field);
    return error.explanation;
  }
  return undefined;
}

describe('an expression', () => {
  const scope = new TestScope({ a: 41, items: [{ n: 1 }, { n: 2 }, { n: 3 }] }, { limit: 2, sum: null });

  test('sees $states and workflow variables', () => {
    assert.equal(evaluate('$states.input.a + 1', scope), 42);
    assert.deepEqual(evaluate('$states.input.items[n > $limit]', scope), { n: 3 });
    assert.deepEqual(evaluate('[$states.input.items.n]', scope), [1, 2, 3]);
    assert.deepEqual(evaluate('$states', scope), scope.states());
  });

  test('may bind a name that is a workflow variable', () => {
    assert.equal(evaluate('($limit := 5; $limit)', scope), 5);
    assert.equal(evaluate('(false ? $limit := 5; $limit)', scope), 2);
    assert.equal(evaluate('($f := function($limit) { $limit * 2 }; $f(4) + $limit)', scope), 10);
  });

  test('gives lists without what the library notes on them', () => {
    const list = evaluate('$states.input.items.n', scope);
    assert.deepEqual(Object.keys(list as object), ['0', '1', '2']);
    assert.equal(evaluate('$states.input.items[0].n', scope), 1);
    assert.deepEqual(evaluate('$states.input.items[0].n[]', scope), [1]);
  });

  test('writes numbers that JSON has no way to write by their names', () => {
    assert.equal(evaluate('1/0'), 'Infinity');
    assert.equal(evaluate('-1/0'), '-Infinity');
    assert.deepEqual(evaluate('{"k": [0/0]}'), { k: ['NaN'] });
  });

  test('takes the time from its scope', () => {
    assert.equal(evaluate('$now()'), '2024-05-06T07:08:09.010Z');
    assert.equal(evaluate('$millis()'), Date.parse('2024-05-06T07:08:09.010Z'));
    assert.equal(evaluate('$now("[Y]")'), '2024');
  });

  test('leaves the values that it is given as they are', () => {
    const input = Object.freeze({ none: Object.freeze([]), pair: Object.freeze([Object.freeze([1, 2])]) });
    const frozen = new TestScope(input);
    assert.deepEqual(evaluate('$states.input.none{"k": 1}', frozen), { k: 1 });
    assert.deepEqual(evaluate('$states.input.pair[0][]', frozen), [1, 2]);
    assert.deepEqual(evaluate('$states.input ~> |$|{"more": 1}|', frozen), { ...input, more: 1 });
    assert.match(causeOf('$states.input.list(1)') ?? '', /T1006/);
  });
});

describe('an expression without a value', () => {
  test('fails in the words of the service, naming itself and its field', () => {
    const sentence = (source: string): string =>
      `The JSONata expression '${source}' specified for the field 'Output/a'`;
    const told = (source: string) => causeOf(source, 'Output/a');
    assert.equal(told('$absent'), `${sentence('$absent')} returned nothing (undefined).`);
    const lambda = '$fn := function($x){$x}';
    assert.equal(told(lambda), `${sentence(lambda)} returned an unsupported result type.`);
    assert.equal(told('$sum'), `${sentence('$sum')} returned an unsupported result type.`);
    assert.equal(told('[$sum]'), `${sentence('[$sum]')} returned an unsupported result type.`);
    const missing = '$randomSeeded($states.input.text)';
    assert.equal(
      told(missing),
      `${sentence(missing)} threw an error during evaluation. T1006: Attempted to invoke a non-function`,
    );
  });

  test('tells which argument and which operator', () => {
    assert.match(
      causeOf('$sum(["a"])') ?? '',
      /\. T0412: Argument 1 of function "sum" must be an array of "numbers"$/,
    );
    assert.match(
      causeOf('1 + "a"') ?? '',
      /\. T2002: The right side of the "\+" operator must evaluate to a number$/,
    );
    assert.match(
      causeOf('$each("x", function($v){$v})') ?? '',
      /T0410: Argument 1 of function "each" does not match/,
    );
    assert.match(causeOf('$error("my own")') ?? '', /\. D3137: my own$/);
    assert.match(
      causeOf('($f := function(){ $absent() }; $f())') ?? '',
      /T1006: Attempted to invoke a non-function$/,
    );
  });

  test('cannot be evaluated by $eval', () => {
    assert.match(causeOf('$eval("1")') ?? '', /T1006/);
  });
});

describe('what is no expression', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a[1,2)', 'Expected "]", got ","'],
    ['"unterminated', 'String literal must be terminated by a matching quote'],
    ['1 +', 'Unexpected end of expression'],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ['$match("a", /abc', 'No terminating / in regular expression'],
    ['', 'Unexpected end of expression'],
  ];
  for (const [source, message] of cases)
    test(`'${source}' is refused when it is compiled`, () => {
      assert.throws(() => compileJsonata(source), { name: 'JsonataSyntaxError', message });
    });

  test('tells where', () => {
    assert.throws(
      () => compileJsonata('1 + 2 )'),
      (error) => error instanceof JsonataSyntaxError && error.position === 7,
    );
  });
});
