import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testRun } from 'tandem/testing';

const agent = new URL('./agent.ts', import.meta.url);
const commands = { 'node -p "fs.statSync(\'letter.txt\').size"': { stdout: '24\n' } };

test('the letter is kept once somebody approves', async () => {
  const run = await testRun(agent, { input: { name: 'Ada' }, commands, approvals: ['approved'] });
  assert.deepEqual(run.output, { kept: true, bytes: 24 });
  assert.deepEqual(run.artifacts, ['letter.txt']);
});

test('a letter that nobody wants is written and not kept', async () => {
  const run = await testRun(agent, { input: { name: 'Ada' }, commands, approvals: ['denied'] });
  assert.deepEqual(run.output, { kept: false });
  assert.deepEqual(run.artifacts, []);
  assert.deepEqual(
    run.operations.map(({ kind }) => kind),
    ['file.write', 'command.run', 'approval.request'],
  );
});
