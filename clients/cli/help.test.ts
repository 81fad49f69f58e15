import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandDocument, helpOf, overviewDocument } from './help.ts';
import { findEntry } from './registry.ts';
import { unpainted } from './testing/unpainted.ts';

async function verb(name: string) {
  const entry = findEntry(name);
  assert.ok(entry);
  return { entry, command: (await entry.load()).command };
}

test('programs read the list of commands and exit codes', () => {
  const { commands, exitCodes } = overviewDocument();
  assert.ok(commands.some(({ name, group }) => name === 'approve' && group === 'Decide and steer'));
  assert.deepEqual(
    exitCodes.map(({ code }) => code),
    [0, 1, 2, 3, 4, 130],
  );
});

test('programs read what a command takes', async () => {
  const { entry, command } = await verb('signal');
  const document = commandDocument(entry, command);
  assert.equal(document.usage, 'npx tandem signal RUN NAME [--payload JSON|@FILE]');
  assert.deepEqual(
    document.options.map(({ name }) => name),
    ['payload', 'data', 'json', 'help'],
  );
});

test('every command takes --json, and says so', async () => {
  for (const name of ['up', 'rebuild', 'runs']) {
    const { entry, command } = await verb(name);
    assert.match(helpOf(entry, command, { paint: unpainted, columns: 80 }).join('\n'), /--json/);
    assert.ok(commandDocument(entry, command).options.some(({ name }) => name === 'json'));
  }
});

test('help fits the screen, and what is set out in lines stays so', async () => {
  for (const name of ['dev', 'run', 'completion']) {
    const { entry, command } = await verb(name);
    const lines = helpOf(entry, command, { paint: unpainted, columns: 78 });
    const long = lines.filter((line) => line.length > 78 && !line.startsWith('Usage'));
    assert.deepEqual(long, []);
  }
  const { entry, command } = await verb('completion');
  const lines = helpOf(entry, command, { paint: unpainted, columns: 78 });
  assert.ok(lines.some((line) => line.startsWith('  bash  eval')));
});
