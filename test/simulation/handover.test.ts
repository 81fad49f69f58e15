import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../shared/domain/limits.ts';
import { inOrder } from './choosers.ts';
import { Client } from './client.ts';
import { assertSound } from './invariants.ts';
import { isAllDone, recordsOf } from './records.ts';
import { World } from './world.ts';

test('a long run is handed from one execution to the next and comes to its end', async () => {
  const rounds = limits.executionLoops * 2 + 10;
  const world = await World.create({
    chooser: inOrder,
    operationsPerStep: 1,
    programs: {
      long: async ({ file }) => {
        for (let round = 1; round <= rounds; round += 1) await file.write('round', String(round));
        return file.read('round');
      },
    },
  });
  await world.follow([new Client(world).start('long', null, 'long').then(() => {})], () => isAllDone(world));
  const [record] = recordsOf(world);
  assert.ok(record);
  const end = record.events.at(-1);
  assert.deepEqual(end?.type === 'run.succeeded' && end.payload.output, { inline: String(rounds) });
  const generations = record.events.filter(({ type }) => type === 'run.carried').length;
  assert.equal(generations, 3);
  await assertSound(world);
});
