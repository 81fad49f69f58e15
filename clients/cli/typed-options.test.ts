import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Options } from './command.ts';
import { typedOptions } from './typed-options.ts';
import { UsageError } from './usage-error.ts';

const options: Options = {
  limit: { type: 'string', value: 'N', help: '' },
  file: { type: 'string', multiple: true, help: '' },
  json: { type: 'boolean', help: '' },
};

const mistake = (...words: string[]) => {
  try {
    typedOptions(words, options);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  return undefined;
};

test('options and arguments are taken apart', () => {
  const { values, positionals } = typedOptions(
    ['a', '--limit', '3', '--file=x', '--file', 'y', '--json', '--', '--b'],
    options,
  );
  assert.deepEqual({ ...values }, { limit: '3', file: ['x', 'y'], json: true });
  assert.deepEqual(positionals, ['a', '--b']);
});

test('what is wrong is named', () => {
  assert.equal(mistake('--frob'), 'There is no option `--frob` here');
  assert.equal(mistake('--limt', '3'), 'There is no option `--limt` here; did you mean `--limit`?');
  assert.equal(mistake('-x'), 'There is no option `-x` here');
  assert.equal(mistake('--constructor'), 'There is no option `--constructor` here');
  assert.equal(mistake('--limit'), '--limit takes a value: `--limit N`');
  assert.equal(mistake('--limit', '--json'), '--limit takes a value: `--limit N`');
  assert.equal(mistake('--json=yes'), '--json takes no value');
  assert.equal(mistake('--limit=-3'), undefined);
  assert.equal(mistake('--file', '-'), undefined);
});
