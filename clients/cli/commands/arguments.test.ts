import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { refuseMore, takeArguments } from './arguments.ts';

const called = (...words: string[]) => ({ arguments: words }) as unknown as Call;

test('what is missing is named, what is too much is quoted', () => {
  assert.throws(() => takeArguments(called(), 'APPROVAL'), new UsageError('APPROVAL is missing'));
  assert.throws(
    () => takeArguments(called('a', 'b'), 'APPROVAL'),
    new UsageError('`b` is too much where 1 argument can be given'),
  );
  assert.throws(
    () => refuseMore(called('x'), 0, (extra) => `show ${extra} shows it`),
    new UsageError('`x` is too much where no argument can be given: show x shows it'),
  );
  assert.deepEqual(takeArguments(called('a'), 'APPROVAL'), ['a']);
});
