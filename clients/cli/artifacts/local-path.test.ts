import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { localPath } from './local-path.ts';

test('names keep their folders', () => {
  assert.equal(localPath('report/final.md'), 'report/final.md');
});

test('names cannot leave the folder they are saved in', () => {
  assert.equal(localPath('../../etc/passwd'), 'etc/passwd');
  assert.equal(localPath('..\\..\\x'), 'x');
  assert.equal(localPath('C:\\x'), 'C_/x');
  assert.equal(localPath('..'), '_');
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('.', '/', '\\', ':', 'a', ' ') }), (name) => {
      for (const { join, normalize } of [posix, win32]) {
        const root = normalize('/folder/');
        assert.ok(join(root, localPath(name)).startsWith(root), name);
      }
    }),
  );
});

test('names that Windows reserves are changed', () => {
  assert.equal(localPath('con'), '_con');
  assert.equal(localPath('a?.txt'), 'a_.txt');
  assert.equal(localPath('a. '), 'a_');
});
