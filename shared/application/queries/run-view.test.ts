import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import type { EventDraft } from '../../domain/events.ts';
import { wireLimits } from '../../protocol/limits.ts';
import { run } from '../../protocol/runs.ts';
import { toContent } from '../content.ts';
import { runView } from './run-view.ts';

test('an output that had to spill is given by its address', async () => {
  const app = memoryApp();
  const output = await toContent(app.blobs.forTenant('acme'), 'o'.repeat(6 * 1024 * 1024));
  await begin(app, { type: 'run.succeeded', by: 'run', payload: { output } });
  const view = await runView(app, await app.runs.load(someRun.tenant, someRun.run));
  run().parse(view);
  assert.ok('blob' in output);
  assert.match(view.outputUrl ?? '', new RegExp(`${output.blob}.*GET`));
  assert.deepEqual([view.input, 'output' in view, 'inputUrl' in view], [null, false, false]);
});

test('a short output stands in the view', async () => {
  const app = memoryApp();
  await begin(app, { type: 'run.succeeded', by: 'run', payload: { output: { inline: 'short' } } });
  const view = await runView(app, await app.runs.load(someRun.tenant, someRun.run));
  assert.deepEqual([view.output, 'outputUrl' in view], ['short', false]);
});

test('of many open approvals with large details the first hundred are shown, without details', async () => {
  const app = memoryApp();
  await begin(app);
  for (let operation = 1; operation <= 101; operation++) {
    await app.runs.update(someRun.tenant, someRun.run, () => asked(operation));
  }
  const view = await runView(app, await app.runs.load(someRun.tenant, someRun.run));
  run().parse(view);
  assert.deepEqual(
    view.openApprovals.map(({ operation }) => operation),
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  assert.ok(view.openApprovals.every((open) => !('details' in open)));
  assert.ok(JSON.stringify(view).length < wireLimits.bodyBytes);
});

function asked(operation: number): EventDraft[] {
  const hash = 'b'.repeat(64);
  const request = { kind: 'approval.request', hash, request: { inline: { what: 'Go' } } } as const;
  const approval = `apr_${String(operation).padStart(26, '0')}`;
  const details = 'd'.repeat(100_000);
  const expiresAt = '2030-01-01T00:00:00.000Z';
  return [
    { type: 'operation.requested', by: 'run', payload: { operation, ...request } },
    {
      type: 'approval.requested',
      by: 'run',
      payload: { approval, operation, hash, what: 'Go', details, expiresAt },
    },
  ];
}
