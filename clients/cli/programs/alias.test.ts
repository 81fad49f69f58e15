import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { aliasSetting, aliasText, assertAliasName } from './alias.ts';

test('a share is a version and a percentage', () => {
  assert.deepEqual(aliasSetting('1.0.0', undefined), { version: '1.0.0' });
  assert.deepEqual(aliasSetting('1.0.0', '1.1.0=25'), {
    version: '1.0.0',
    share: { version: '1.1.0', percent: 25 },
  });
});

test('what cannot be meant is refused before anything is sent', () => {
  for (const share of ['1.1.0', '1.1.0=0', '1.1.0=100', '1.1.0=5%', 'live=5', '=5', '1.1.0=5.5']) {
    assert.throws(() => aliasSetting('1.0.0', share), UsageError, share);
  }
  assert.throws(() => aliasSetting('live', undefined), UsageError);
  for (const name of ['1.0.0', '1', 'Live', 'a'.repeat(64), '']) {
    assert.throws(() => assertAliasName(name), UsageError, name);
  }
});

test('where an alias points fits into a few words', () => {
  assert.equal(aliasText({ number: '1.0.0' }), '1.0.0');
  const share = { version: 'b'.repeat(64), number: '1.1.0', percent: 10 };
  assert.equal(aliasText({ number: '1.0.0', share }), '1.0.0, 10 % 1.1.0');
});
