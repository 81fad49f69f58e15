import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isTandemError } from '../errors/tandem-error.ts';
import { workspacePath as wirePath } from '../protocol/primitives.ts';
import { workspaceFolder, workspacePath } from './workspace-path.ts';

const refused = (path: string) => {
  assert.throws(
    () => workspacePath(path),
    (error) => isTandemError(error, 'operation.invalid'),
    path,
  );
};

test('relative paths of any characters are paths', () => {
  for (const path of [
    'a',
    'a/b.txt',
    '.hidden',
    '...',
    'a b',
    'ä/😀',
    '-',
    '~',
    '$HOME',
    '*',
    'a:b',
    'a'.repeat(255),
  ]) {
    assert.equal(workspacePath(path), path);
  }
});

test('what leads elsewhere, or is no path, is refused', () => {
  const outside = [
    '/a',
    '..',
    'a/..',
    '../a',
    'a/../b',
    '.',
    './a',
    'a/.',
    'a//b',
    'a/',
    '/',
    '',
    '\\a',
    'a\\..\\b',
  ];
  const odd = ['a\0b', 'a\nb', '\u007f', '\ud800', 'a'.repeat(256)];
  for (const path of [...outside, ...odd]) refused(path);
});

test('there is one spelling: Unicode normal form C', () => {
  assert.equal(workspacePath('u\u0308.txt'), '\u00fc.txt');
});

test('a folder may be the root, and end with a slash', () => {
  for (const root of [undefined, '', '.']) assert.equal(workspaceFolder(root), '');
  assert.equal(workspaceFolder('a/b/'), 'a/b');
  assert.throws(() => workspaceFolder('/'));
  assert.throws(() => workspaceFolder('../'));
});

test('the wire lets pass exactly what the domain does', () => {
  const seed = Date.now();
  console.log(`seed ${seed}`);
  const part = fc.constantFrom('a', '.', '..', '/', '\\', '\0', '\u0301', 'e', 'ü', ' ', '\u007f');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const path = parts.join('');
      let isPath = true;
      try {
        workspacePath(path);
      } catch {
        isPath = false;
      }
      assert.equal(wirePath().safeParse(path).success, isPath, JSON.stringify(path));
    }),
    { seed, numRuns: 2_000 },
  );
});
