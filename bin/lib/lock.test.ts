import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInstalled } from './lock.mjs';

const lock = text({
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' },
  'node_modules/b-darwin-arm64': { version: '1.0.0', optional: true },
});

function text(packages: Record<string, unknown>): string {
  return JSON.stringify({ lockfileVersion: 3, packages });
}

describe('isInstalled', () => {
  it('is content without the packages of other platforms', () => {
    assert.ok(isInstalled(lock, text({ 'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' } })));
  });

  it('sees a missing record, a damaged one and a missing package', () => {
    assert.equal(isInstalled(lock, undefined), false);
    assert.equal(isInstalled(lock, '{"packages": {'), false);
    assert.equal(isInstalled(lock, text({})), false);
  });

  it('sees another version and another content under the same version', () => {
    const present = (entry: object) => text({ 'node_modules/a': entry });
    assert.equal(isInstalled(lock, present({ version: '1.2.2', integrity: 'sha512-a' })), false);
    assert.equal(isInstalled(lock, present({ version: '1.2.3', integrity: 'sha512-b' })), false);
  });
});
