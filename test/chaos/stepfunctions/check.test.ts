import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEngine } from './check.ts';
import type { EngineEvidence, FoundEvent } from './evidence.ts';

const entered = (name: string) => ({ stateEnteredEventDetails: { name } });

const events: readonly FoundEvent[] = [
  { id: 1, previousEventId: 0, type: 'ExecutionStarted' },
  { id: 2, previousEventId: 0, type: 'TaskStateEntered', ...entered('A') },
  { id: 3, previousEventId: 2, type: 'TaskScheduled' },
  { id: 4, previousEventId: 3, type: 'TaskSubmitted' },
  { id: 5, previousEventId: 4, type: 'TaskSucceeded', taskSucceededEventDetails: { output: '{"mark":"m"}' } },
  { id: 6, previousEventId: 5, type: 'TaskStateExited' },
  { id: 7, previousEventId: 6, type: 'ExecutionSucceeded' },
];

const good: EngineEvidence = {
  lives: [],
  started: [{ name: 'e', expected: '5' }],
  found: new Map([['e', { status: 'SUCCEEDED', output: '5', events }]]),
  called: ['e/A/0', 'e/A/1'],
  acknowledged: [{ execution: 'e', mark: 'm' }],
  complaints: [],
};

const messages = (changed: Partial<EngineEvidence>): string =>
  checkEngine({ ...good, ...changed })
    .map(({ message }) => message)
    .join('; ');

const withEvents = (forged: readonly FoundEvent[]): string =>
  messages({ found: new Map([['e', { status: 'SUCCEEDED', output: '5', events: forged }]]) });

/** The events with one of them changed. */
const changed = (id: number, change: Partial<FoundEvent>): readonly FoundEvent[] =>
  events.map((event) => (event.id === id ? { ...event, ...change } : event));

test('what is right is found right', () => {
  assert.deepEqual(checkEngine(good), []);
});

test('an execution that is lost, or has ended otherwise, is found', () => {
  assert.match(messages({ found: new Map(), acknowledged: [] }), /is lost/);
  const failed = new Map([['e', { status: 'FAILED', output: undefined, events }]]);
  assert.match(messages({ found: failed }), /FAILED with undefined instead of 5/);
  assert.match(messages({ started: [{ name: 'e', expected: '6' }] }), /instead of 6/);
});

test('gaps, lost lines, and what has happened twice in a history are found', () => {
  assert.match(withEvents(events.filter(({ id }) => id !== 4)), /Event 5 is out of order/);
  assert.match(withEvents(changed(4, { previousEventId: 0 })), /Event 4 follows event 0/);
  assert.match(withEvents(changed(4, { previousEventId: 4 })), /Event 4 follows event 4/);
  const twice = { type: 'TaskStateEntered', previousEventId: 0, ...entered('A') };
  assert.match(withEvents(changed(6, twice)), /entered twice: A behind event 0/);
  assert.match(withEvents(changed(6, { type: 'TaskFailed', previousEventId: 4 })), /ended twice: event 4/);
  assert.match(withEvents(events.slice(0, -1)), /It has 0 ends/);
  assert.match(withEvents(changed(6, { type: 'ExecutionFailed' })), /It has 2 ends/);
});

test('an attempt that was called twice and an answer that is lost are found', () => {
  assert.match(messages({ called: ['e/A/0', 'e/A/0'] }), /e\/A\/0 was called more than once/);
  assert.match(messages({ acknowledged: [{ execution: 'e', mark: 'other' }] }), /other was taken 0 times/);
  assert.match(messages({ complaints: ['Something.'] }), /Something/);
});
