import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findTests } from './find-tests.ts';

describe('findTests', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'tandem-tests-'));
    for (const file of [
      'b/one.test.ts',
      'a/deep/two.test.ts',
      'a/two.ts',
      'test/whole.test.ts',
      'node_modules/x/x.test.ts',
      '.git/y.test.ts',
    ]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
  });
  after(() => rmSync(root, { recursive: true }));

  it('finds all test files of the checkout, none of its packages, the longest ones first', () => {
    const found = findTests(root, { folders: ['a', 'b'], filters: [] });
    assert.deepEqual(found, {
      files: ['test/whole.test.ts', 'a/deep/two.test.ts', 'b/one.test.ts'],
      problems: [],
    });
  });

  it('complains about a listed folder without tests', () => {
    const { problems } = findTests(root, { folders: ['a', 'c'], filters: [] });
    assert.deepEqual(problems, ['c: no tests in a folder that must have some']);
  });

  it('limits the run to what is asked for, and complains when that is nothing', () => {
    const { files, problems } = findTests(root, { folders: ['c'], filters: ['./a/', 'nowhere'] });
    assert.deepEqual(files, ['a/deep/two.test.ts']);
    assert.deepEqual(problems, ['nowhere: no test file has this in its path']);
  });
});
