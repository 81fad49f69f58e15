import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawVersion } from './alias-share.ts';

const [current, next] = ['a'.repeat(64), 'b'.repeat(64)];
const alias = (percent: number) => ({ version: current, share: { version: next, number: '2.0.0', percent } });
const keys = Array.from({ length: 100_000 }, (_, index) => `run_${index.toString(36).padStart(26, '0')}`);

test('of 100,000 ids the share gets what it says, within half a percent', () => {
  for (const percent of [1, 5, 25, 50, 99]) {
    const drawn = keys.filter((key) => drawVersion(alias(percent), key) === next).length / 1_000;
    assert.ok(Math.abs(drawn - percent) < 0.5, `${percent} % came out as ${drawn} %`);
  }
});

test('the same key is always given the same, and raising the percentage never moves it back', () => {
  const percent = fc.integer({ min: 1, max: 99 });
  fc.assert(
    fc.property(fc.string(), percent, percent, (key, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const before = drawVersion(alias(low), key);
      assert.equal(drawVersion(alias(low), key), before);
      if (before === next) assert.equal(drawVersion(alias(high), key), next);
    }),
  );
});

test('another version is another draw: the same keys are not always the first', () => {
  const other = { version: current, share: { version: 'c'.repeat(64), number: '3.0.0', percent: 50 } };
  const both = keys
    .slice(0, 10_000)
    .filter((key) => drawVersion(alias(50), key) === next && drawVersion(other, key) === other.share.version);
  assert.ok(Math.abs(both.length - 2_500) < 250, `${both.length} of 10,000 are in both halves`);
});

test('without a share everybody is given the version', () => {
  assert.equal(drawVersion({ version: current }, 'run_1'), current);
});
