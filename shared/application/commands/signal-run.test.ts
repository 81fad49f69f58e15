import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ann, begin, memoryApp, someRun } from '../../../test/support/memory-app.ts';
import { limits } from '../../domain/limits.ts';
import { isTandemError } from '../../errors/tandem-error.ts';
import { signalRun } from './control-run.ts';

const { tenant, run } = someRun;
const keyed = (body: string, key = 'k-1') => ({
  name: 'paid',
  payload: 7,
  idempotency: { key, body: body.repeat(64) },
});
const isConflict = (error: unknown) => isTandemError(error, 'idempotency.conflict');

test('a signal under a key is sent once, also by two requests at once', async () => {
  const app = memoryApp();
  await begin(app);
  const both = await Promise.all([1, 2].map(() => signalRun(app, ann, run, keyed('a'))));
  assert.deepEqual(both.map(({ replayed }) => replayed).sort(), [false, true]);
  assert.equal((await signalRun(app, ann, run, keyed('a'))).replayed, true);
  const { signals } = await app.runs.load(tenant, run);
  assert.deepEqual(
    signals.map(({ name, payload }) => [name, payload]),
    [['paid', 7]],
  );
});

test('another body under the key is refused, and so is another run', async () => {
  const app = memoryApp();
  await begin(app);
  await signalRun(app, ann, run, keyed('a'));
  await assert.rejects(signalRun(app, ann, run, keyed('b')), isConflict);
  const other = `${run.slice(0, -1)}2`;
  await assert.rejects(signalRun(app, ann, other, keyed('a')), isConflict);
});

test('keys of callers are apart, whatever their names', async () => {
  const app = memoryApp();
  await begin(app);
  await signalRun(app, { ...ann, subject: 'ann:x' }, run, keyed('a', 'y'));
  assert.equal((await signalRun(app, ann, run, keyed('b', 'x:y'))).replayed, false);
});

test('a replay is answered though the signal could not be sent any more', async () => {
  const app = memoryApp();
  await begin(app);
  await signalRun(app, ann, run, keyed('a'));
  for (let more = 1; more < limits.pendingSignals; more++) {
    await signalRun(app, ann, run, { name: 'more', payload: null });
  }
  await assert.rejects(signalRun(app, ann, run, { name: 'more', payload: null }), (error) =>
    isTandemError(error, 'limit.exceeded'),
  );
  assert.equal((await signalRun(app, ann, run, keyed('a'))).replayed, true);
  await app.runs.update(tenant, run, () => [
    { type: 'run.failed', by: 'run', payload: { error: { code: 'x', message: 'x' } } },
  ]);
  const replay = await signalRun(app, ann, run, keyed('a'));
  assert.deepEqual([replay.replayed, replay.run.status], [true, 'failed']);
});
