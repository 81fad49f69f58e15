import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { hostMessage, programMessage } from './program.ts';

test('the conversation in the documentation is a valid one', async () => {
  const page = await readFile(new URL('../../docs/program-protocol.md', import.meta.url), 'utf8');
  const lines = page.split('\n').filter((line) => /^[→←] /.test(line));
  assert.equal(lines.length, 7);
  for (const line of lines) {
    const schema = line.startsWith('→') ? hostMessage() : programMessage();
    const message = JSON.parse(line.slice(2));
    assert.deepEqual(schema.parse(message), message);
  }
});
