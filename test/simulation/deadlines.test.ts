import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOrder } from './choosers.ts';
import { Client } from './client.ts';
import { assertSound } from './invariants.ts';
import { isAllDone, recordsOf } from './records.ts';
import { shapes } from './shapes.ts';
import { World } from './world.ts';

for (const kind of ['embedded', 'cloud'] as const) {
  test(`a deadline that passes while a command runs is heard at its time (${kind})`, async () => {
    const world = await World.create({
      kind,
      chooser: inOrder,
      programs: { timekeeper: shapes['timekeeper']?.program ?? (() => Promise.reject()) },
      commandMs: () => 50 * 60_000,
    });
    const began = world.clock.now();
    const start = new Client(world).start('timekeeper', null, 'key').then(() => {});
    await world.follow([start], () => isAllDone(world));
    const end = recordsOf(world)[0]?.events.at(-1);
    assert.ok(end?.type === 'run.succeeded');
    const { inline } = end.payload.output as { inline: { first: string; at: number } };
    assert.equal(inline.first, 'time');
    assert.ok(Date.parse(end.at) - began < 10_000, 'nobody waited for the command');
    await assertSound(world);
  });
}
