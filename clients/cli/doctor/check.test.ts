import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TandemError } from '../../../shared/errors/tandem-error.ts';
import { check } from './check.ts';

test('what is found is a check of its name', async () => {
  assert.deepEqual(await check('Disk', () => ({ ok: true, found: 'fine' })), {
    name: 'Disk',
    ok: true,
    found: 'fine',
  });
});

test('a look that fails is a finding with a remedy, never the end of the others', async () => {
  const full = await check('Disk', () => {
    throw new TandemError('data.full', { message: 'There is no space left for /d' });
  });
  assert.deepEqual(full, {
    name: 'Disk',
    ok: false,
    found: 'There is no space left for /d',
    remedy: 'Free some space; nothing that was acknowledged is lost.',
  });
  const strange = await check('Disk', async () => {
    throw new TypeError('x is not a function');
  });
  assert.deepEqual([strange.ok, strange.found.includes('x is not a function')], [false, true]);
});
