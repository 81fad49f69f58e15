import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunSummary } from '../../shared/protocol/runs.ts';
import { owner, stranger } from './callers.ts';
import type { Caller } from './deployment.ts';
import type { Twin } from './twin.ts';

/** Looks at everything that the scenarios before have left. */
export function evidence(twin: () => Twin): void {
  describe('in the end', () => {
    it('the log of every run verifies, and that of an ended one is signed', async () => {
      let ended = 0;
      for (const caller of [owner, stranger]) {
        const client = await twin().client(caller);
        for (const { run, endedAt } of await allRuns(twin(), caller)) {
          const { findings, head, events } = await client.verifyRun(run);
          assert.deepEqual(findings, [], run);
          assert.equal(head?.seq, events, run);
          assert.equal(head?.signature !== undefined, endedAt !== undefined, run);
          ended += endedAt === undefined ? 0 : 1;
        }
      }
      assert.ok(ended > 50, `only ${ended} runs have ended`);
    });

    it('lists say what the runs themselves say', async () => {
      const client = await twin().client();
      for (const { run, ...listed } of await allRuns(twin(), owner)) {
        const { status, waitingFor, endedAt, error } = await client.getRun(run);
        const { status: s, waitingFor: w, endedAt: e, error: f } = listed;
        assert.deepEqual([s, w, e, f], [status, waitingFor, endedAt, error], run);
      }
    });
  });
}

async function allRuns(twin: Twin, caller: Caller): Promise<RunSummary[]> {
  const client = await twin.client(caller);
  const runs: RunSummary[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listRuns({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    runs.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return runs;
}
