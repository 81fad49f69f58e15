import assert from 'node:assert/strict';
import { test } from 'node:test';
import { history } from '../../test/simulation/history.ts';
import { eventVersion } from './events.ts';
import { type OldEvent, type Upcasters, upcast } from './upcast.ts';

/** Two releases ago a pause had a `why`, one release ago it was called `cause`. */
const steps: Upcasters = {
  1: ({ why, ...event }) => ({ ...event, cause: why }),
  2: ({ cause, ...event }) => ({ ...event, reason: cause }),
};

test('an event of this release is taken as it is', () => {
  const event = history().events[0] as unknown as OldEvent;
  assert.equal(upcast(event), event);
  assert.equal(event.v, eventVersion);
});

test('an old event goes through every step from its release to this one', () => {
  const newest = { v: 3, type: 'run.paused', reason: 'lunch' };
  for (const old of [
    { v: 1, type: 'run.paused', why: 'lunch' },
    { v: 2, type: 'run.paused', cause: 'lunch' },
    newest,
  ]) {
    assert.deepEqual(upcast(old, { steps, current: 3 }), newest);
  }
});

test('a later release is refused with the remedy to use it', () => {
  assert.throws(() => upcast({ v: eventVersion + 1 }), { code: 'data.newer' });
});

test('a version that no release wrote is refused', () => {
  assert.throws(() => upcast({ v: 1 }, { steps: {}, current: 2 }), { code: 'log.illegal' });
  assert.throws(() => upcast({ v: 0 }), { code: 'log.illegal' });
});
