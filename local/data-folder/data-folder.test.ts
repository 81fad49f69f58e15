import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { openDataFolder } from './data-folder.ts';
import { folderError } from './folder-error.ts';
import { openKeys } from './keys.ts';
import { lockDataFolder } from './lock.ts';
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts';

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-data-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('a data folder', () => {
  it('is made, with everything inside of it, for its owner only', async (t) => {
    const root = join(newFolder(t), 'a/b');
    const { root: made, ...places } = await openDataFolder(root);
    assert.equal(made, root);
    assert.ok(Object.values(places).every((path) => path.startsWith(root)));
    if (process.platform !== 'win32') assert.equal(statSync(root).mode & 0o777, 0o700);
  });

  it('is refused where there is a file', async (t) => {
    const file = join(newFolder(t), 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) {
      await assert.rejects(openDataFolder(path), (error) => isTandemError(error, 'data.permission'));
    }
  });

  it('has keys that stay', async (t) => {
    const folder = await openDataFolder(newFolder(t));
    const keys = await openKeys(folder);
    assert.deepEqual(await openKeys(folder), keys);
    assert.deepEqual([keys.tickets.length, keys.addresses.length], [32, 32]);
    assert.notDeepEqual(keys.tickets, keys.addresses);
  });

  it('is not used with a damaged key', async (t) => {
    for (const [file, text] of [
      ['heads.pem', 'no key'],
      ['tickets', ''],
      ['addresses', 'c2hvcnQ'],
    ] as const) {
      const folder = await openDataFolder(newFolder(t));
      await openKeys(folder);
      writeFileSync(join(folder.keys, file), text);
      const damaged = (error: unknown) =>
        isTandemError(error, 'data.damaged') && error.message.includes(join('keys', file));
      await assert.rejects(openKeys(folder), damaged);
    }
  });

  it('is locked by one server at a time, which says where it listens', async (t) => {
    const folder = await openDataFolder(newFolder(t));
    const lock = lockDataFolder(folder);
    const refused = (url: string) => (error: unknown) =>
      isTandemError(error, 'server.running') && error.message.endsWith(url);
    assert.throws(() => lockDataFolder(folder), refused(folder.root));
    const url = 'http://127.0.0.1:4400';
    await writeServerFile(folder, { url, pid: 1, startedAt: '2026-11-21T00:00:00.000Z', version: '1.0.0' });
    assert.throws(() => lockDataFolder(folder), refused(url));
    lock.release();
    lockDataFolder(folder).release();
  });

  it('tells where its server listens, if it can be told', async (t) => {
    const folder = await openDataFolder(newFolder(t));
    assert.equal(readServerFile(folder), undefined);
    const file = { url: 'http://[::1]:1', pid: 7, startedAt: '2026-11-21T00:00:00.000Z', version: '1.0.0' };
    await writeServerFile(folder, file);
    assert.deepEqual(readServerFile(folder), file);
    writeFileSync(folder.server, '{"url":');
    assert.equal(readServerFile(folder), undefined);
    removeServerFile(folder);
    removeServerFile(folder);
    assert.equal(existsSync(folder.server), false);
  });
});

describe('a failure of the file system', () => {
  const failure = (code: string, more = {}) => Object.assign(new Error(code), { code, ...more });

  it('is told by what it means for the user, naming the file', () => {
    const cases = [
      ['ENOSPC', 'data.full', 'has no space left'],
      ['EDQUOT', 'data.full', 'has no space left'],
      ['EACCES', 'data.permission', 'cannot be read and written'],
      ['EROFS', 'data.permission', 'cannot be read and written'],
    ] as const;
    for (const [code, meaning, what] of cases) {
      const error = folderError(failure(code, { path: '/d/keys' }));
      assert.ok(isTandemError(error, meaning));
      assert.equal(error.message, `/d/keys ${what}`);
    }
  });

  it('names the file that was to be, not its draft; or the one that is known to the caller', () => {
    const renamed = folderError(failure('ENOSPC', { path: '/d/token.1f', dest: '/d/token' }));
    assert.match(String(renamed), /: \/d\/token has/);
    assert.match(String(folderError(failure('EISDIR'), '/d/keys')), /: \/d\/keys cannot/);
  });

  it('that means nothing in particular stays what it is, as does everything else', () => {
    for (const error of [failure('EBADF'), new Error('x'), 'text', undefined]) {
      assert.equal(folderError(error), error);
    }
  });
});
