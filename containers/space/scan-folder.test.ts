import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sha256 } from '../../shared/domain/canonical.ts';
import { CommandFailure } from './failure.ts';
import { scanFolder } from './scan-folder.ts';

const posix = { skip: process.platform === 'win32' };

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-scan-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('regular files are found with digest, size and whether they can be executed', posix, async (context) => {
  const folder = folderOf(context);
  mkdirSync(join(folder, 'a/empty'), { recursive: true });
  writeFileSync(join(folder, 'a/text.txt'), 'text');
  writeFileSync(join(folder, 'run.sh'), '');
  chmodSync(join(folder, 'run.sh'), 0o755);
  const { files, notes } = await scanFolder(folder);
  assert.deepEqual([...files.keys()].sort(), ['a/text.txt', 'run.sh']);
  const text = files.get('a/text.txt');
  assert.deepEqual([text?.digest, text?.size, text?.executable], [sha256('text'), 4, false]);
  assert.equal(files.get('run.sh')?.executable, true);
  assert.deepEqual(notes, []);
});

test('links are noted, never followed; so is what is no file', posix, async (context) => {
  const folder = folderOf(context);
  symlinkSync('/etc/passwd', join(folder, 'passwd'));
  symlinkSync('/', join(folder, 'root'));
  execFileSync('/bin/sh', ['-c', 'mkfifo pipe'], { cwd: folder });
  const { files, notes } = await scanFolder(folder);
  assert.equal(files.size, 0);
  assert.deepEqual([...notes].sort(), [
    'passwd is not kept: it is a symbolic link.',
    'pipe is not kept: it is not a regular file.',
    'root is not kept: it is a symbolic link.',
  ]);
});

test('a workspace that was replaced by a link is refused', posix, async (context) => {
  const folder = folderOf(context);
  symlinkSync('/etc', join(folder, 'workspace'));
  await assert.rejects(scanFolder(join(folder, 'workspace')), CommandFailure);
});

test('names that are no workspace paths are noted', posix, async (context) => {
  const folder = folderOf(context);
  writeFileSync(join(folder, 'back\\slash'), '');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]), '');
  const { files, notes } = await scanFolder(folder);
  assert.equal(files.size, 0);
  assert.equal(notes.length, 2);
});

test('names are spelled in Unicode normal form C', posix, async (context) => {
  const folder = folderOf(context);
  writeFileSync(join(folder, 'u\u0308.txt'), 'decomposed');
  const { files } = await scanFolder(folder);
  assert.deepEqual([...files.keys()], ['\u00fc.txt']);
});

const linux = { skip: process.platform !== 'linux' };

test('of two spellings of one name only one is kept, and the other noted', linux, async (context) => {
  const folder = folderOf(context);
  writeFileSync(join(folder, 'u\u0308.txt'), 'decomposed');
  writeFileSync(join(folder, '\u00fc.txt'), 'composed');
  const { files, notes } = await scanFolder(folder);
  assert.equal(files.size, 1);
  assert.equal(notes.length, 1);
});
