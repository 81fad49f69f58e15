import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { installIfNeeded } from './install.mjs';

const lock = JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } });

describe('installIfNeeded', () => {
  let root: string;
  let installs: number;
  const install = async () => {
    installs += 1;
    mkdirSync(join(root, 'node_modules'), { recursive: true });
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tandem-install-'));
    installs = 0;
    writeFileSync(join(root, 'package-lock.json'), lock);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('installs once for a lock file, and again when that changes', async () => {
    await installIfNeeded(root, install);
    await installIfNeeded(root, install);
    assert.equal(installs, 1);
    writeFileSync(join(root, 'package-lock.json'), lock.replace('1.0.0', '1.0.1'));
    await installIfNeeded(root, install);
    assert.equal(installs, 2);
  });

  it('trusts what npm recorded when somebody ran it by hand', async () => {
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), lock);
    await installIfNeeded(root, install);
    assert.equal(installs, 0);
  });

  it('tries again after an installation that failed', async () => {
    const failing = async () => {
      throw new Error('no network');
    };
    await assert.rejects(installIfNeeded(root, failing), /no network/);
    await installIfNeeded(root, install);
    assert.equal(installs, 1);
  });

  it('says that the lock file is missing', async () => {
    rmSync(join(root, 'package-lock.json'));
    await assert.rejects(installIfNeeded(root, install), /There is no package-lock\.json/);
  });
});
