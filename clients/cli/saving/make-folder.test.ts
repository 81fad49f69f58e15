import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeFolder } from './make-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-folder-'));
after(() => rmSync(root, { recursive: true }));

test('makes what is missing, and again', () => {
  const folder = join(root, 'a/b/c');
  makeFolder(folder, 0o700);
  makeFolder(folder, 0o700);
  assert.ok(statSync(folder).isDirectory());
});

test('says why it cannot', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  assert.throws(() => makeFolder(join(file, 'x')), { code: /^E(EXIST|NOTDIR)$/ });
});

if (existsSync('/proc/self')) {
  test('gives up where no folder can be made', () => {
    assert.throws(() => makeFolder('/proc/nope/x'), { syscall: 'mkdir' });
  });
}
