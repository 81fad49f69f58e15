import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { completeLock, type LockFile, missingPackages } from './lock-file.ts';

describe('the lock file', () => {
  it('has every platform package, so that `npm ci` takes it on every machine', () => {
    const path = new URL('../package-lock.json', import.meta.url);
    const missing = missingPackages(JSON.parse(readFileSync(path, 'utf8')) as LockFile);
    const names = missing.map(({ name }) => name);
    assert.deepEqual(names, [], 'run `node scripts/complete-lock.ts`');
  });

  it('is completed from the names of the packages', () => {
    const optionalDependencies = { '@x/cli-win32-x64': '1.0.0', '@x/cli-linux-riscv64-musl': '1.0.0' };
    const lock: LockFile = {
      packages: { 'node_modules/x': { dev: true, version: '1.0.0', optionalDependencies } },
    };
    assert.deepEqual(completeLock(lock), ['@x/cli-win32-x64', '@x/cli-linux-riscv64-musl']);
    assert.deepEqual(lock.packages['node_modules/@x/cli-linux-riscv64-musl'], {
      version: '1.0.0',
      cpu: ['riscv64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    });
    assert.deepEqual(missingPackages(lock), []);
  });

  it('has a package that is bundled beside the one that names it', () => {
    const lock: LockFile = {
      packages: {
        'node_modules/x/node_modules/y': { optionalDependencies: { z: '1.0.0' } },
        'node_modules/x/node_modules/z': { version: '1.0.0' },
      },
    };
    assert.deepEqual(missingPackages(lock), []);
  });

  it('is not completed by guessing', () => {
    const lock: LockFile = {
      packages: { 'node_modules/x': { optionalDependencies: { '@x/native': '1.0.0' } } },
    };
    assert.throws(() => completeLock(lock), /add it by hand/);
  });
});
