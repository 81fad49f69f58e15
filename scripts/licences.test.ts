import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { licenceFaults } from './licences.ts';
import type { LockFile } from './lock-file.ts';

describe('licences', () => {
  it('of everything in the lock file are allowed', () => {
    const lock = JSON.parse(
      readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
    ) as LockFile;
    assert.deepEqual(licenceFaults(lock), []);
  });

  it('that ask for more, or are not named, are found', () => {
    const lock: LockFile = {
      packages: {
        '': {},
        'node_modules/a': { license: 'GPL-3.0-only' },
        'node_modules/a/node_modules/@x/b': {},
        'node_modules/c': { license: 'MIT AND GPL-3.0-only' },
      },
    };
    assert.deepEqual(licenceFaults(lock), [
      'a has the licence GPL-3.0-only',
      '@x/b names no licence',
      'c has the licence MIT AND GPL-3.0-only',
    ]);
  });

  it('may be a choice, and of a platform package they are those of whoever names it', () => {
    const lock: LockFile = {
      packages: {
        'node_modules/a': { license: 'MIT', optionalDependencies: { 'a-linux-x64': '1.0.0' } },
        'node_modules/a-linux-x64': { optional: true },
        'node_modules/b': { license: '(MIT OR GPL-3.0-or-later)' },
      },
    };
    assert.deepEqual(licenceFaults(lock), []);
  });
});
