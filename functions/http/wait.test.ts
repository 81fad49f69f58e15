import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waiting } from './wait.ts';

/** A question that is answered when told, and remembers how long it was allowed to wait. */
function question() {
  const asked: number[] = [];
  const settle = Promise.withResolvers<string>();
  const ask = (waitMs: number) => {
    asked.push(waitMs);
    return waitMs === 0 ? Promise.resolve('at once') : settle.promise;
  };
  return { asked, ask, ...settle };
}

test('without wait= the answer is given at once', async () => {
  const { ask, asked } = question();
  assert.equal(await waiting({ query: {} }, ask), 'at once');
  assert.deepEqual(asked, [0]);
});

test('seconds are asked for in milliseconds', async () => {
  const { ask, asked, resolve } = question();
  const answer = waiting({ query: { wait: 1.5 } }, ask);
  resolve('news');
  assert.equal(await answer, 'news');
  assert.deepEqual(asked, [1_500]);
});

test('when the client leaves, what there is is the answer', async () => {
  const { ask, asked, resolve } = question();
  const client = new AbortController();
  const answer = waiting({ query: { wait: 20 }, signal: client.signal }, ask);
  client.abort();
  assert.equal(await answer, 'at once');
  resolve('too late');
  assert.deepEqual(asked, [20_000, 0]);
});

test('nobody waits for a client that has left already', async () => {
  const { ask, asked } = question();
  assert.equal(await waiting({ query: { wait: 20 }, signal: AbortSignal.abort() }, ask), 'at once');
  assert.deepEqual(asked, [0]);
});

test('a failure while waiting is passed on', async () => {
  const { ask, reject } = question();
  const answer = waiting({ query: { wait: 20 }, signal: new AbortController().signal }, ask);
  reject(new Error('gone'));
  await assert.rejects(answer, /gone/);
});
