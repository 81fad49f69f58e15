import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import type { EventDraft } from '../../domain/events.ts';
import type { Metrics } from '../../ports/metrics.ts';
import { countAppend } from './count-append.ts';

/** Remembers what was counted. */
function remembering(): { metrics: Metrics; counted: unknown[][] } {
  const counted: unknown[][] = [];
  const metrics = new Proxy({} as Metrics, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        void counted.push([name, ...args]),
  });
  return { metrics, counted };
}

const hash = 'a'.repeat(64);
const asked: EventDraft = {
  type: 'operation.requested',
  by: 'run',
  payload: { operation: 1, kind: 'sleep', hash, request: { inline: { ms: 5 } } },
};
const answered: EventDraft = {
  type: 'operation.completed',
  by: 'system',
  payload: { operation: 1, outcome: { ok: true, value: { inline: null } } },
};
const read: EventDraft = {
  type: 'operation.completed',
  by: 'run',
  payload: {
    operation: 2,
    record: { kind: 'file.read', hash, request: { inline: {} } },
    outcome: { ok: false, error: { code: 'file.missing', message: 'No' } },
  },
};

test('an append is counted by what it has made true', async () => {
  const app = memoryApp();
  await begin(app, asked);
  const before = await app.runs.load(someRun.tenant, someRun.run);
  const { events } = app.runs.seal(before, [
    answered,
    read,
    { type: 'run.carried', by: 'system', payload: { generation: 2 } },
    { type: 'run.failed', by: 'system', payload: { error: { code: 'a', message: 'b' } } },
  ]);
  const { metrics, counted } = remembering();
  countAppend(metrics, before, events);
  assert.deepEqual(counted, [
    ['operationEnded', 'sleep', 'ok'],
    ['operationTook', 'sleep', 0],
    ['operationEnded', 'file.read', 'failed'],
    ['runTakenOver'],
    ['runEnded', 'failed'],
  ]);
});

test('the first generation is no take-over', async () => {
  const app = memoryApp();
  await begin(app);
  const { events } = await app.log.forTenant(someRun.tenant).read(someRun.run, 0);
  const { metrics, counted } = remembering();
  countAppend(metrics, undefined, events);
  assert.deepEqual(counted, [['runStarted']]);
});
