import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryRateLimits } from '../../shared/memory/rate-limits.ts';
import { problem } from '../../shared/protocol/envelope.ts';
import { fakeApi, runOf } from '../../test/support/fake-api.ts';
import { type OpenDoor, openDoor } from '../../test/support/open-door.ts';

const clock = { now: 0 };
const limits = (waiters = 2) =>
  new MemoryRateLimits({ caller: 2, tenant: 100, stranger: 1, waiters, elapsed: () => clock.now });

const statusOf = async (door: OpenDoor, path: string, headers: Record<string, string> = {}) => {
  const response = await door.request('GET', path, undefined, headers);
  await response.text();
  return response.status;
};

/** Statuses of so many requests, one after the other. */
async function ask(times: number, one: () => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) statuses.push(await one());
  return statuses;
}

test('who asks too much is told when to come again, before anything is done', async () => {
  const fake = fakeApi();
  await using door = await openDoor({ api: fake.api, front: { limits: limits() } });
  assert.deepEqual(await ask(4, () => statusOf(door, '/v1/agents')), [200, 200, 200, 200]);
  const { length } = fake.calls;
  const response = await door.request('GET', '/v1/agents');
  const body = problem().parse(await response.json());
  assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '1']);
  assert.deepEqual([body.code, body.retryable], ['limit.rate', true]);
  assert.equal(fake.calls.length, length);
  clock.now += 500;
  assert.deepEqual(await ask(2, () => statusOf(door, '/v1/agents')), [200, 429]);
});

test('who tries tokens is slowed down, and keeps out nobody of the same address', async () => {
  await using door = await openDoor({ api: fakeApi().api, front: { limits: limits() } });
  const guess = () => statusOf(door, '/v1/agents', { authorization: 'Bearer wrong' });
  assert.deepEqual(await ask(4, guess), [401, 401, 429, 429]);
  assert.equal(await statusOf(door, '/v1/agents', { authorization: '' }), 429);
  assert.equal(await statusOf(door, '/openapi.json'), 429);
  assert.equal(await statusOf(door, '/v1/agents'), 200);
});

test('a place to wait is free again when the answer is out', async () => {
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const api = fakeApi({
    waitForEnd: async () => {
      await held;
      return runOf();
    },
  }).api;
  await using door = await openDoor({ api, front: { limits: limits(1) } });
  const path = `/v1/runs/${runOf().run}?wait=20`;
  const first = statusOf(door, path);
  // The request is on its way before the second one, on another connection, is known to have come first.
  while (door.gateway.waiting() === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await statusOf(door, path), 429);
  answer();
  assert.equal(await first, 200);
  assert.equal(await statusOf(door, path), 200);
});
