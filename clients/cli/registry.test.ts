import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonOptions, helpOf, overview } from './help.ts';
import { groups, nearestName } from './registry.ts';
import { unpainted } from './testing/unpainted.ts';

const entries = groups.flatMap((group) => group.entries);

for (const entry of entries) {
  test(`${entry.name} loads, explains itself and leaves the common options alone`, async () => {
    const { command } = await entry.load();
    assert.ok(helpOf(entry, command, { paint: unpainted, columns: 80 }).length > 4);
    const taken = Object.keys(command.options).filter((name) => name in commonOptions);
    assert.deepEqual(taken, []);
  });
}

test('the overview names every command', () => {
  const text = overview(unpainted).join('\n');
  for (const { name } of entries) assert.ok(text.includes(`  ${name} `), name);
});

test('a mistyped command is guessed', () => {
  assert.equal(nearestName('shwo'), 'show');
  assert.equal(nearestName('aprove'), 'approve');
  assert.equal(nearestName('frobnicate'), undefined);
});
