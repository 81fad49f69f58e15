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
      if (text.includes('"__proto__"')) return;
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
  ['NaN', '{"a":NaN}', 'body', /JSON/],
];
for (const [what, text, path, expected] of refused) {
  test(`${what} is refused`, () => {
    const issue = issueOf(text);
    assert.equal(issue?.path, path);
    assert.match(issue?.expected ?? '', expected);
  });
}

test('64 levels are enough, 65 are too many', () => {
  assert.equal(issueOf('['.repeat(64) + ']'.repeat(64)), undefined);
  assert.match(issueOf('['.repeat(65) + ']'.repeat(65))?.expected ?? '', /64 levels/);
  assert.match(issueOf(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`)?.expected ?? '', /64 levels/);
});

test('paired surrogates, escaped or not, are text like any other', () => {
  assert.deepEqual(parseStrictJson('["\\ud83d\\ude00","😀"]'), ['😀', '😀']);
});
