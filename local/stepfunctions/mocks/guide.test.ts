import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readMockConfig } from './read-config.ts';

test('the configurations that the guide shows can be used', () => {
  const guide = readFileSync(
    new URL('../../../docs/guides/step-functions-mocks.md', import.meta.url),
    'utf8',
  );
  const blocks = [...guide.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
  assert.equal(blocks.length, 2);
  for (const block of blocks) assert.ok(readMockConfig(block, 'the guide'));
});
