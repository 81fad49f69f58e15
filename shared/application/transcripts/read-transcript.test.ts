import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { toContent } from '../content.ts';
import { readTranscript } from './read-transcript.ts';

const { run } = someRun;
const hash = 'a'.repeat(64);

test('who carries a run is no part of what was said; a page ends where it is told to', async () => {
  const app = memoryApp();
  const blobs = app.blobs.forTenant(someRun.tenant);
  const long = await toContent(blobs, 'x'.repeat(200_000));
  await begin(
    app,
    {
      type: 'operation.completed',
      by: 'run',
      payload: {
        operation: 1,
        record: { kind: 'file.read', hash, request: { inline: { path: 'a' } } },
        outcome: { ok: true, value: { inline: 'A' } },
      },
    },
    {
      type: 'operation.requested',
      by: 'run',
      payload: { operation: 2, kind: 'command.run', hash, request: { inline: { command: 'ls' } } },
    },
    {
      type: 'operation.started',
      by: 'worker',
      payload: { operation: 2, worker: { kind: 'process', id: '1' } },
    },
    { type: 'operation.interrupted', by: 'system', payload: { operation: 2, reason: 'It died' } },
    { type: 'run.succeeded', by: 'run', payload: { output: long } },
  );
  const whole = await readTranscript(app, ann, run, { after: 0, limit: 1_000 });
  assert.deepEqual(
    whole.lines.map(({ seq, type }) => [seq, type]),
    [
      [1, 'input'],
      [3, 'request'],
      [3, 'answer'],
      [4, 'request'],
      [6, 'answer'],
      [7, 'end'],
    ],
  );
  assert.equal(whole.next, undefined);
  const [input, request, answer, , interrupted, end] = whole.lines;
  assert.ok(input?.type === 'input' && request?.type === 'request' && answer?.type === 'answer');
  assert.deepEqual([input.value, request.value, answer.value], [null, { path: 'a' }, 'A']);
  assert.ok(interrupted?.type === 'answer' && !interrupted.ok);
  assert.equal(interrupted.error?.code, 'operation.interrupted');
  assert.ok(end?.type === 'end' && end.value === undefined);
  assert.match(end.valueUrl ?? '', /./);
  const page = await readTranscript(app, ann, run, { after: 1, limit: 2 });
  assert.deepEqual([page.lines, page.next], [whole.lines.slice(1, 3), 3]);
});

test('a run of another tenant is not there', async () => {
  const app = memoryApp();
  await begin(app);
  await assert.rejects(
    readTranscript(app, { ...ann, tenant: 'other' }, run, { after: 0, limit: 1 }),
    (error) => isTandemError(error, 'resource.not-found'),
  );
});
