import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Slots } from './slots.ts';

it('no more than so many are under way, and none overtakes', async () => {
  const slots = new Slots(2);
  const began: number[] = [];
  let most = 0;
  let now = 0;
  const use = (number: number) =>
    slots.use(async () => {
      began.push(number);
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now -= 1;
    });
  await Promise.all([1, 2, 3, 4, 5].map(use));
  assert.deepEqual([most, began], [2, [1, 2, 3, 4, 5]]);
});

it('what fails frees its place', async () => {
  const slots = new Slots(1);
  await assert.rejects(
    slots.use(() => Promise.reject(new Error('oh'))),
    /oh/,
  );
  assert.equal(await slots.use(async () => 1), 1);
});
