import assert from 'node:assert/strict';
import { test } from 'node:test';
import { records, Stage } from '../../../test/simulation/stage.ts';
import { caller } from '../../../test/simulation/world.ts';
import { limits } from '../../domain/limits.ts';
import type { LogLine } from '../api/runs.ts';
import { runLogs } from './run-logs.ts';

const run = 'run_01kdvdna000000000000000001';

/** All lines, page by page, and how many bytes each page had. */
async function paged(stage: Stage, limit: number): Promise<{ lines: LogLine[]; bytes: number[] }> {
  const found = { lines: [] as LogLine[], bytes: [] as number[] };
  for (let after = 0, more = true; more; ) {
    const page = await runLogs(stage.app, caller, run, { after, limit });
    found.lines.push(...page.lines);
    found.bytes.push(JSON.stringify(page.lines).length);
    ({ after, more } = page);
  }
  return found;
}

test('large lines fill a page by their bytes, and none is lost between pages', async () => {
  const stage = new Stage();
  await stage.run(run);
  const count = 50;
  for (let number = 1; number <= count; number += 1) {
    await stage.append(run, records(number, 'log', { message: String(number).padEnd(100_000, '.') }));
  }
  const { lines, bytes } = await paged(stage, 200);
  assert.deepEqual(
    lines.map(({ operation, message }) => [operation, Number.parseInt(message, 10)]),
    Array.from({ length: count }, (_, index) => [index + 1, index + 1]),
  );
  assert.ok(bytes.length > 1 && bytes.every((size) => size <= limits.pageBytes + 1_000), bytes.join());
  assert.equal((await paged(stage, 7)).lines.length, count);
});

test('a run of another tenant has no logs to show', async () => {
  const stage = new Stage();
  await stage.run(run);
  await assert.rejects(runLogs(stage.app, { ...caller, tenant: 'other' }, run, { after: 0, limit: 9 }), {
    code: 'resource.not-found',
  });
});
