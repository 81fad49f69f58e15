import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isGoodEnough, pinnedNode } from './pinned-node.mjs';

describe('the pinned Node', () => {
  it('is needed below 24 only', () => {
    assert.equal(isGoodEnough('20.20.2'), false);
    assert.equal(isGoodEnough('22.22.0'), false);
    assert.equal(isGoodEnough('24.0.0'), true);
    assert.equal(isGoodEnough('26.1.0'), true);
  });

  it('is found in the checkout', () => {
    const root = fileURLToPath(new URL('../..', import.meta.url));
    assert.match(pinnedNode(root), /node(\.exe)?$/);
  });

  it('says what to do when npm ran no install scripts', () => {
    const root = mkdtempSync(join(tmpdir(), 'tandem-pinned-'));
    assert.throws(() => pinnedNode(root), /npm rebuild node --ignore-scripts=false/);
    rmSync(root, { recursive: true });
  });
});
