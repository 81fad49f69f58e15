import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InTurn } from './in-turn.ts';

test('work under one key waits for the work before it, also when that fails; under others it does not', async () => {
  const turns = new InTurn();
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const one = turns.run('a', async () => {
    await first.promise;
    told.push('one');
    throw new Error('no');
  });
  const two = turns.run('a', async () => void told.push('two'));
  await turns.run('b', async () => void told.push('other'));
  assert.deepEqual(told, ['other']);
  first.resolve();
  await assert.rejects(one, /no/);
  await two;
  assert.deepEqual(told, ['other', 'one', 'two']);
});
