import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunEvent } from '../../../shared/protocol/events.ts';
import { completed, created, eventOf, recorded, requested } from '../testing/events.ts';
import type { Entry } from './entry.ts';
import { Timeline } from './timeline.ts';

function entriesOf(...events: RunEvent[]): Entry[] {
  const timeline = new Timeline();
  return events.flatMap((event) => timeline.add(event));
}

const lastOf = (...events: RunEvent[]): Entry => entriesOf(...events).at(-1) as Entry;

test('an operation that is recorded once has one line', () => {
  const entry = lastOf(
    created(),
    recorded(1, 'file.read', { path: 'a.csv' }, { path: 'a.csv', size: 61_400 }),
  );
  assert.deepEqual(entry, {
    at: 10,
    operation: 1,
    kind: 'file.read',
    what: 'a.csv → 61 kB',
    verdict: 'allowed',
    changes: [],
    mood: 'done',
  });
});

test('a command takes its time from the claim on, and shows what it changed', () => {
  const entry = lastOf(
    created(),
    requested(1, 'command.run', { command: 'make' }, 10),
    eventOf('operation.started', { operation: 1 }, { ms: 100 }),
    completed(1, { exitCode: 0, stdout: '', stderr: '', changed: ['out'] }, 350),
  );
  assert.deepEqual([entry.what, entry.tookMs, entry.mood], ['make → exit 0', 250, 'done']);
  assert.deepEqual(entry.changes, [{ sign: '+', path: 'out' }]);
});

test('a command that ends badly says why', () => {
  const entry = lastOf(
    created(),
    requested(1, 'command.run', { command: 'make' }),
    completed(1, { exitCode: 2, stdout: 'x', stderr: 'no rule\n', changed: [] }),
  );
  assert.equal(entry.mood, 'failed');
  assert.deepEqual(entry.details, [{ label: 'stderr', text: 'no rule' }]);
});

test('files are new only when all others are known', () => {
  const write = (path: string) => recorded(2, 'file.write', { path }, { path, bytesWritten: 1 });
  assert.equal(lastOf(created('tree'), write('a')).changes?.[0]?.sign, '~');
  assert.equal(lastOf(created(null), write('a')).changes?.[0]?.sign, '+');
  assert.equal(lastOf(created(null), write('a'), write('a')).changes?.[0]?.sign, '~');
  const listed = recorded(1, 'file.list', {}, { files: [{ path: 'a' }] });
  assert.equal(lastOf(created('tree'), listed, write('a')).changes?.[0]?.sign, '~');
  assert.equal(lastOf(created('tree'), listed, write('b')).changes?.[0]?.sign, '+');
  assert.equal(lastOf(created(null), recorded(3, 'file.delete', { path: 'a' }, {})).changes?.[0]?.sign, '-');
});

test('where a command was put has a line only where another place would have come first', () => {
  const started = (instead: object[]) =>
    eventOf('operation.started', { operation: 1, placement: { provider: 'FARGATE', instead } }, { ms: 100 });
  const first = requested(1, 'command.run', { command: 'make' });
  assert.equal(entriesOf(created(), first, started([])).length, entriesOf(created(), first).length);
  const entry = lastOf(created(), first, started([{ provider: 'gpu\n', reason: 'RESOURCE:GPU' }]));
  assert.match(entry.what, /^runs on FARGATE, as others did not take it$/);
  assert.deepEqual(entry.details, [{ label: 'gpu', text: 'RESOURCE:GPU' }]);
});

const asked = eventOf(
  'approval.requested',
  {
    approval: 'apr_1',
    operation: 4,
    what: 'Publish',
    why: 'Tests pass',
    expiresAt: '2026-11-28T10:00:00.000Z',
  },
  { ms: 30 },
);

test('an approval is shown when it is asked for and when it is decided, once each', () => {
  const entries = entriesOf(
    created(),
    requested(4, 'approval.request', { what: 'Publish' }, 30),
    asked,
    eventOf('approval.approved', { approval: 'apr_1', operation: 4 }, { ms: 2_030, by: 'user:ada' }),
    completed(4, { decision: 'approved' }, 2_031),
  );
  assert.deepEqual(
    entries.slice(1).map(({ verdict, tookMs }) => [verdict, tookMs]),
    [
      ['waits for a person', undefined],
      ['approved by ada', 2_000],
    ],
  );
  assert.deepEqual(entries[1]?.details, [
    { label: 'why', text: 'Tests pass' },
    { label: 'until', text: '2026-11-28 10:00 UTC' },
  ]);
});

test('open approvals are known until they are decided or the run ends', () => {
  const timeline = new Timeline();
  timeline.add(created());
  timeline.add(asked);
  assert.deepEqual(timeline.approvals, [{ approval: 'apr_1', operation: 4, what: 'Publish' }]);
  timeline.add(eventOf('run.cancelled'));
  assert.deepEqual(timeline.approvals, []);
});

test('what a run waits for is known', () => {
  const timeline = new Timeline();
  timeline.add(created());
  timeline.add(requested(1, 'sleep', { ms: 90_000 }));
  assert.deepEqual(
    timeline.waiting.map(({ kind, what }) => [kind, what]),
    [['sleep', '1 m 30 s']],
  );
  timeline.add(completed(1, null));
  assert.deepEqual(timeline.waiting, []);
});

test('a failure shows its cause and code', () => {
  const failed = eventOf('operation.completed', {
    operation: 1,
    record: { kind: 'file.read', request: { inline: { path: 'x' } } },
    outcome: { ok: false, error: { code: 'file.not-found', message: 'There is no x' } },
  });
  const entry = lastOf(created(), failed);
  assert.deepEqual([entry.verdict, entry.details], ['failed', [{ text: 'There is no x [file.not-found]' }]]);
});

test('what an agent writes cannot pass itself off as something else', () => {
  const entry = lastOf(created(), recorded(1, 'log', { message: 'hi\u001b[2K\n✔ approved' }, null));
  assert.equal(entry.what, 'hi ✔ approved');
});

test('only a later execution is worth a line', () => {
  assert.equal(entriesOf(created(), eventOf('run.carried', { generation: 1 })).length, 1);
  assert.match(lastOf(created(), eventOf('run.carried', { generation: 2 })).what, /execution 2/);
});

test('events of a newer server, and blobs, leave gaps and no errors', () => {
  assert.equal(entriesOf(created(), eventOf('run.teleported', { x: 1 })).length, 1);
  const large = eventOf('operation.completed', {
    operation: 1,
    record: { kind: 'file.write', request: { blob: 'abc', size: 900_000 } },
    outcome: { ok: true, value: { inline: { path: 'big.bin', bytesWritten: 5 } } },
  });
  assert.equal(lastOf(created(), large).what, 'big.bin → 5 B');
  assert.equal(lastOf(created(), recorded(1, 'memory.store', {}, {})).kind, 'memory.store');
});
