import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { time } from '../../test/simulation/history.ts';
import { moves, play, refusals } from '../../test/simulation/random-history.ts';
import { decide, statusOf } from './decide.ts';
import { checkAt } from './due.ts';
import type { RunEvent } from './events.ts';
import { fold } from './evolve.ts';
import { operationKinds } from './operations.ts';
import { settle } from './settle.ts';
import type { RunState } from './state.ts';

const histories = moves.map((all) => ({ ...play(all), inspect: () => JSON.stringify(all) }));

/** What is true of every state that a log can fold to. */
function assertLegal(state: RunState, events: readonly RunEvent[]): void {
  const open = Object.values(state.open);
  assert.equal(state.seq, events.length);
  assert.equal(state.answered + open.length, state.lastOperation, 'every operation is open or answered');
  for (const { operation, kind, worker } of open) {
    assert.ok(operation >= 1 && operation <= state.lastOperation);
    assert.ok(['claimed', 'awaited'].includes(operationKinds[kind]));
    assert.ok(!worker || operationKinds[kind] === 'claimed');
  }
  for (const { requested } of Object.values(state.approvals)) {
    assert.equal(state.open[requested.operation]?.hash, requested.hash);
  }
  assert.ok(state.end || !events.some(({ type }) => /^run\.(succeeded|failed|cancelled)$/.test(type)));
  assert.ok(['advance', 'command', 'approval', 'signal', 'finish'].includes(decide(state).kind));
  assert.equal(statusOf(state) === 'paused', !state.end && state.paused && !state.cancelRequested);
  assert.ok(checkAt(state) !== null || state.end);
}

/** Outcomes by operation number. */
function outcomes(events: readonly RunEvent[]): number[] {
  return events.flatMap(({ type, payload }) =>
    type === 'operation.completed' || type === 'operation.interrupted' ? payload.operation : [],
  );
}

test('any interleaving of events folds to a legal state, or is refused with a reason', () => {
  fc.assert(
    fc.property(histories, ({ history, refused }) => {
      assertLegal(history.state, history.events);
      for (const { code } of refused) assert.ok((refusals as readonly string[]).includes(code), code);
    }),
    { numRuns: 1_000 },
  );
});

test('no operation has two outcomes, no approval two decisions', () => {
  fc.assert(
    fc.property(histories, ({ history: { events } }) => {
      const answered = outcomes(events);
      assert.equal(new Set(answered).size, answered.length);
      const decided = events.flatMap(({ type, payload }) =>
        type === 'approval.approved' || type === 'approval.denied' || type === 'approval.expired'
          ? payload.approval
          : [],
      );
      assert.equal(new Set(decided).size, decided.length);
    }),
    { numRuns: 500 },
  );
});

test('folding a prefix and then the rest equals folding all, by way of a snapshot too', () => {
  fc.assert(
    fc.property(histories, fc.nat(), ({ history: { events, state } }, cut) => {
      const at = cut % (events.length + 1);
      const prefix = fold(undefined, events.slice(0, at));
      const snapshot = prefix && (JSON.parse(JSON.stringify(prefix)) as RunState);
      assert.deepEqual(snapshot, prefix);
      assert.deepEqual(fold(prefix, events.slice(at)), state);
      assert.deepEqual(fold(snapshot, events.slice(at)), state);
    }),
    { numRuns: 500 },
  );
});

test('what settle derives can always be appended, and settles it for good', () => {
  fc.assert(
    fc.property(histories, fc.nat(20), ({ history }, seconds) => {
      if (history.state.end) return;
      history.now += seconds * 1_000;
      for (const { type, payload, by } of settle(history.state, time(history.now)).flat()) {
        const { now } = history;
        history.add(type, payload as never, by);
        history.now = now;
      }
      assertLegal(history.state, history.events);
      assert.deepEqual(settle(history.state, time(history.now)).flat(), []);
    }),
    { numRuns: 500 },
  );
});
