import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../clients/sdk/api-error.ts';
import { Place } from './up.ts';

const posix = { skip: process.platform === 'win32' };

/** A limit on the size of files stands in for a full disk: it needs no rights, and comes in the middle of a write. */
describe('a disk without space', { concurrency: 2, timeout: 300_000 }, () => {
  it('is told at the start', posix, async (t) => {
    const place = new Place(t);
    const first = place.up();
    await first.listening;
    first.kill('SIGTERM');
    await first.end;
    for (const data of [place.data, place.beside('new')]) {
      const { code, stderr } = await place.up({ data, fileBlocks: 0 }).end;
      assert.equal(code, 1, stderr);
      assert.match(stderr, /^tandem: [^\n]+ no space left[^\n]*\. Free some space[^\n]+\. \[data\.full\]\n$/);
    }
  });

  it('loses nothing that was acknowledged', posix, async (t) => {
    const place = new Place(t);
    const first = place.up({ fileBlocks: 2_500 });
    await first.listening;
    await place.publish('echoing');
    const accepted: string[] = [];
    const refusal = await fill(place, accepted);
    assert.ok(refusal instanceof ApiError);
    assert.deepEqual([refusal.status, refusal.code, refusal.retryable], [507, 'data.full', true]);
    assert.ok(accepted.length > 5, String(accepted.length));
    assert.ok((await place.client().getRun(accepted[0] ?? '')).run, 'what is there can still be read');
    first.kill('SIGTERM');
    const { stderr } = await first.end;
    assert.doesNotMatch(stderr, /^\s+at /m);

    await place.up().listening;
    for (const run of accepted) assert.equal((await place.ended(run)).status, 'succeeded');
    for (const run of accepted) assert.deepEqual((await place.client().verifyRun(run)).findings, []);
  });
});

/** Starts runs until one is refused; what it is refused with. */
async function fill(place: Place, accepted: string[]): Promise<unknown> {
  const input = { text: 'x'.repeat(20_000), times: 1 };
  for (;;) {
    try {
      accepted.push((await place.client().startRun({ agent: 'echoing', input })).run);
    } catch (error) {
      return error;
    }
  }
}
