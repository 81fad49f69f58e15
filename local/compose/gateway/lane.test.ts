import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Lane } from './lane.ts';

it('no more than so many are under way, and none overtakes', async () => {
  const lane = new Lane(2);
  const began: number[] = [];
  let most = 0;
  let now = 0;
  const pass = (number: number) =>
    lane.pass(async () => {
      began.push(number);
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now -= 1;
    });
  await Promise.all([1, 2, 3, 4, 5].map(pass));
  assert.deepEqual([most, began], [2, [1, 2, 3, 4, 5]]);
});

it('what fails frees its place', async () => {
  const lane = new Lane(1);
  await assert.rejects(
    lane.pass(() => Promise.reject(new Error('oh'))),
    /oh/,
  );
  assert.equal(await lane.pass(async () => 1), 1);
});
