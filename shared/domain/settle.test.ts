import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type History, history, time } from '../../test/simulation/history.ts';
import type { EventDraft } from './events.ts';
import type { Json } from './json.ts';
import { settle } from './settle.ts';

/** Answers by operation number, as `settle` gives them at a time. */
function answers(run: History, now: number): [operation: number, value: Json][] {
  return settle(run.state, time(now))
    .flat()
    .flatMap((draft) => (isAnswer(draft) ? [answerOf(draft)] : []));
}

type Answer = Extract<EventDraft, { type: 'operation.completed' }>;
const isAnswer = (draft: EventDraft): draft is Answer => draft.type === 'operation.completed';

function answerOf({ payload: { operation, outcome } }: Answer): [number, Json] {
  const value = outcome.ok && 'inline' in outcome.value ? outcome.value.inline : null;
  return [operation, value];
}

const signalled = (payload: Json) => ({ name: 'go', payload, timedOut: false });
const timedOut = { name: 'go', payload: null, timedOut: true };

test('several that wait for the same signal get one each, in the order they asked', () => {
  const run = history();
  for (let count = 0; count < 3; count += 1) run.ask('signal.wait', { name: 'go' });
  run.add('signal.received', { name: 'stop', payload: 'no' });
  const first = run.add('signal.received', { name: 'go', payload: 1 });
  const second = run.add('signal.received', { name: 'go', payload: 2 });
  assert.deepEqual(answers(run, run.now), [
    [1, signalled(1)],
    [2, signalled(2)],
  ]);
  const consumed = settle(run.state, time(run.now))
    .flat()
    .map((draft) => isAnswer(draft) && draft.payload.signal);
  assert.deepEqual(consumed, [first.seq, second.seq]);
});

test('a signal that was there in time goes before the timeout', () => {
  const run = history();
  run.ask('signal.wait', { name: 'go' }, time(10_000));
  run.ask('signal.wait', { name: 'go' }, time(10_000));
  run.add('signal.received', { name: 'go', payload: 1 });
  assert.deepEqual(answers(run, 9_999), [[1, signalled(1)]]);
  assert.deepEqual(answers(run, 10_000), [
    [1, signalled(1)],
    [2, timedOut],
  ]);
});

test('a sleep ends at its time, neither before nor never', () => {
  const run = history();
  run.ask('sleep', { ms: 10_000 }, time(10_000));
  assert.deepEqual(answers(run, 9_999), []);
  assert.deepEqual(answers(run, 10_000), [[1, null]]);
});

test('a decision answers, with who made it and why', () => {
  const run = history();
  const operation = run.askApproval();
  const { approval, hash } = run.state.approvals[operation]?.requested ?? { approval: '', hash: '' };
  assert.deepEqual(answers(run, run.now), []);
  run.add('approval.denied', { approval, operation, hash, reason: 'too dear' }, 'user:bob');
  assert.deepEqual(answers(run, run.now), [
    [operation, { decision: 'denied', by: 'user:bob', reason: 'too dear' }],
  ]);
});

test('an approval whose time has passed expires, once', () => {
  const run = history();
  const operation = run.askApproval(60_000);
  const expiresAt = run.now - 2_000 + 60_000;
  assert.deepEqual(settle(run.state, time(expiresAt - 1)).flat(), []);
  const drafts = settle(run.state, time(expiresAt)).flat();
  assert.deepEqual(
    drafts.map(({ type }) => type),
    ['approval.expired', 'operation.completed'],
  );
  assert.deepEqual(answers(run, expiresAt), [[operation, { decision: 'expired' }]]);
  run.now = expiresAt;
  run.decideApproval(operation, 'expired', 'system');
  assert.deepEqual(
    settle(run.state, time(run.now))
      .flat()
      .map(({ type }) => type),
    ['operation.completed'],
  );
});

test('commands and calls are settled by others', () => {
  const run = history();
  run.ask('command.run', { command: 'ls' });
  run.ask('agent.call', { agent: 'other', input: null });
  assert.deepEqual(answers(run, 1e12), []);
});
