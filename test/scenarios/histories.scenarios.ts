import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRecorded } from './histories/recorded.ts';
import { shapesOf } from './histories/shape.ts';
import { stories } from './histories/stories.ts';
import { atOnce } from './pace.ts';
import type { Twin } from './twin.ts';

/** What a run writes is the same however Tandem runs, but for what `local/DIVERGENCES.md` lists. */
export function histories(twin: () => Twin): void {
  describe('the history of', { concurrency: atOnce(4) }, () => {
    const recorded = readRecorded();
    for (const [name, story] of Object.entries(stories)) {
      it(`${name} is that of every runner`, async () => {
        const run = await story(twin());
        assert.deepEqual(shapesOf(await twin().log(run)), recorded[name]);
      });
    }
  });
}
