import assert from 'node:assert/strict';
import { test } from 'node:test';
import { history } from '../../test/simulation/history.ts';
import { eventHash, payloadDigest } from './chain.ts';
import { eventVersion, type RunEvent } from './events.ts';
import { evolve, fold } from './evolve.ts';
import { readEvent } from './read-event.ts';
import type { Upcasting } from './upcast.ts';

const run = history();
run.add('run.paused', { reason: 'lunch' });
const [created, carried, paused] = run.events as [RunEvent, RunEvent, RunEvent];

test("an event of today's shape is folded as it is", () => {
  const before = fold(undefined, [created, carried]);
  assert.deepEqual(readEvent(before, paused), { event: paused, state: run.state });
});

test('an old event is folded in its new shape, and the chain goes on from what was written', () => {
  const before = evolve(evolve(undefined, created), carried);
  // In the release before, a pause had a `why`.
  const payload = { why: 'lunch' };
  const old = { ...paused, v: eventVersion, payload, digest: payloadDigest(paused.salt, payload) };
  const upcasting: Upcasting = {
    current: eventVersion + 1,
    steps: {
      [eventVersion]: (event) => ({
        ...event,
        payload: { reason: (event['payload'] as typeof payload).why },
      }),
    },
  };
  const { event, state } = readEvent(before, old as unknown as RunEvent, upcasting);
  assert.deepEqual(event.payload, { reason: 'lunch' });
  assert.equal(state.paused, true);
  assert.equal(state.hash, eventHash(old as unknown as RunEvent));
});
