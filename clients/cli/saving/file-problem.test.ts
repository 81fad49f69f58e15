import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileProblem } from './file-problem.ts';

const failure = (code: string) => Object.assign(new Error(`${code}: mkdir`), { code });

function told(code: string): string {
  const problem = fileProblem(failure(code), '/d') as Error & { code: string };
  return `${problem.message} [${problem.code}]`;
}

test('what the system says is told in words', () => {
  assert.equal(told('ENOSPC'), 'There is no space left for /d [data.full]');
  for (const code of ['EACCES', 'EROFS', 'ENOENT', 'ENOTDIR'])
    assert.equal(told(code), '/d cannot be written [data.permission]');
});

test('a place in words begins the sentence', () => {
  const problem = fileProblem(failure('EACCES'), 'the data folder /d') as Error;
  assert.equal(problem.message, 'The data folder /d cannot be written');
});

test('anything else stays what it is', () => {
  const error = new TypeError('x');
  assert.equal(fileProblem(error, '/d'), error);
});
