import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchName, readLaunchName } from './launch-name.ts';

test('a name speaks of the operation it was made for, and fits where it is kept', () => {
  const which = {
    tenant: `a${'b-'.repeat(31)}`,
    run: 'run_01kdvdna000000000000000001',
    operation: 1_000_000,
  };
  const name = launchName(which);
  assert.deepEqual(readLaunchName(name), which);
  assert.match(name, /^[\w/-]{1,128}$/);
});

test('what others are started by is no name', () => {
  for (const name of ['ecs-svc/123', 'someone', 'a/b', 'a/run/0', 'a/run/1/2', '/run/1', 'A/run/1', '']) {
    assert.equal(readLaunchName(name), undefined, name);
  }
});
