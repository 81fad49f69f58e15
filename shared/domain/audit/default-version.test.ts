import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTrial } from './default-version.ts';

test('numbers of trials are semver pre-releases, whatever the build is called', () => {
  for (const number of ['1.0.1-dev.1', '2.0.0-rc.1+build', '1.0.0--']) assert.ok(isTrial(number), number);
  for (const number of ['1.0.0', '1.0.0+2026-11-28', '10.2.3']) assert.ok(!isTrial(number), number);
});
