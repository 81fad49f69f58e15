import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { parseStrictJson } from './strict-json.ts';

function issueOf(text: string): { path: string; expected: string } | undefined {
  try {
    parseStrictJson(text);
    return undefined;
  } catch (error) {
    assert.ok(isTandemError(error, 'request.invalid'), String(error));
    return (error.details['issues'] as { path: string; expected: string }[])[0];
  }
}

test('any JSON text is parsed as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      if (text.includes('"__proto__"') || /\d{16}|e\+\d{3}/.test(text)) return;
      assert.deepEqual(parseStrictJson(text), JSON.parse(text));
    }),
    { verbose: true },
  );
});

test('names and texts full of quotes, backslashes and braces are told apart', () => {
  const value = { '"': '\\', '\\"{': '}\\\\', '[': [',', ':', '{"a":1,"a":2}'], 'a\\': { 'a\\': '\\"' } };
  assert.deepEqual(parseStrictJson(JSON.stringify(value)), value);
});

test('the same name in different objects is no fault', () => {
  assert.deepEqual(parseStrictJson('{"a":{"a":1},"b":[{"a":1},{"a":2}]}'), {
    a: { a: 1 },
    b: [{ a: 1 }, { a: 2 }],
  });
});

const refused: readonly [string, string, string, RegExp][] = [
  ['a name twice', '{"a":1,"a":2}', 'body.a', /once/],
  ['a name twice after a nested object', '{"a":{"b":1},"a":2}', 'body.a', /once/],
  ['a name twice, deep down', '{"x":[{"y":{"a":1,"b":2,"a":3}}]}', 'body.x[].y.a', /once/],
  ['a name twice, once escaped', '{"agent":1,"\\u0061gent":2}', 'body.agent', /once/],
  ['__proto__', '{"input":{"__proto__":{"admin":true}}}', 'body.input.__proto__', /__proto__/],
  ['__proto__, escaped', '{"__\\u0070roto__":1}', 'body.__proto__', /__proto__/],
  ['an unpaired surrogate', '{"a":"\\ud800"}', 'body.a', /surrogate/],
  ['an unpaired surrogate in a name', '{"\\udc00":1}', 'body', /surrogate/],
  ['what is no JSON', '{"a":1,}', 'body', /JSON/],
  ['nothing', '', 'body', /JSON/],
  ['a byte order mark', '\ufeff{}', 'body', /JSON/],
  ['two values', '{} {}', 'body', /JSON/],
  ['a number that is infinite', '{"a":[1e999]}', 'body.a[]', /1.8e308/],
  ['a negative one', '{"a":-1.5E+400}', 'body.a', /1.8e308/],
  ['2^53', '{"a":9007199254740992}', 'body.a', /2\^53/],
  ['-2^53 - 1', '{"a":{"b":-9007199254740993}}', 'body.a.b', /2\^53/],
  ['a number of 400 digits', `{"a":${'7'.repeat(400)}}`, 'body.a', /2\^53/],
  ['NaN', '{"a":NaN}', 'body', /JSON/],
];
for (const [what, text, path, expected] of refused) {
  test(`${what} is refused`, () => {
    const issue = issueOf(text);
    assert.equal(issue?.path, path);
    assert.match(issue?.expected ?? '', expected);
  });
}

test('numbers that a double holds, or comes as close to as it can, are taken', () => {
  const text =
    '[0,-0,9007199254740991,-9007199254740991,1e20,0.1,1.7976931348623157e308,1e-400,12345678901234567.5]';
  assert.deepEqual(parseStrictJson(text), JSON.parse(text));
});

test('64 levels are enough, 65 are too many', () => {
  assert.equal(issueOf('['.repeat(64) + ']'.repeat(64)), undefined);
  assert.match(issueOf('['.repeat(65) + ']'.repeat(65))?.expected ?? '', /64 levels/);
  assert.match(issueOf(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`)?.expected ?? '', /64 levels/);
});

test('paired surrogates, escaped or not, are text like any other', () => {
  assert.deepEqual(parseStrictJson('["\\ud83d\\ude00","😀"]'), ['😀', '😀']);
});
