import assert from 'node:assert/strict';
import { createReadStream, readdirSync } from 'node:fs';
import { it } from 'node:test';
import { verifyExport } from '../../shared/application/exports/verify-export.ts';

const folder = new URL('exports/', import.meta.url);

for (const name of readdirSync(folder)) {
  it(`${name} verifies, and says what was erased`, async () => {
    const { findings, runs, blobs } = await verifyExport(createReadStream(new URL(name, folder)));
    assert.deepEqual([findings, blobs], [[], 4]);
    const [run] = runs;
    assert.deepEqual([run?.findings, run?.events], [[], 4]);
    assert.deepEqual(
      run?.erased.map(({ seq, by, reason }) => [seq, by, reason]),
      [[4, 'user:boss', 'Asked for']],
    );
    assert.ok(run?.head?.signature);
  });
}
