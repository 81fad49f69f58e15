import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonOptions } from '../help.ts';
import { findEntry, groups } from '../registry.ts';
import { complete, type LookUp } from './complete.ts';

const lookUp: LookUp = async (what) => [
  { value: `${what.toLowerCase()}_1` },
  { value: `${what.toLowerCase()}_2` },
];

async function values(...words: string[]): Promise<string[]> {
  return (await complete(words, lookUp)).candidates.map(({ value }) => value);
}

test('every verb is completed', async () => {
  const names = groups.flatMap(({ entries }) => entries.map(({ name }) => name));
  assert.deepEqual(await values(''), [...names, 'help']);
  assert.deepEqual(await values('appr'), ['approvals', 'approve']);
  assert.deepEqual(await values('help', 'wat'), ['watch']);
});

test('options are those of the command and of every one; what was typed is not offered again', async () => {
  const { command } = (await findEntry('watch')?.load()) ?? assert.fail();
  const all = Object.keys({ ...command.options, ...commonOptions }).map((name) => `--${name}`);
  assert.deepEqual(await values('watch', '--'), all);
  assert.deepEqual(
    await values('watch', '--yes', '--'),
    all.filter((name) => name !== '--yes'),
  );
});

test('what only a server knows is looked up, where the usage names it', async () => {
  assert.deepEqual(await values('show', ''), ['run_1', 'run_2']);
  assert.deepEqual(await values('approve', ''), ['approval_1', 'approval_2', 'run_1', 'run_2']);
  assert.deepEqual(await values('agents', 'show', ''), ['agent_1', 'agent_2']);
  assert.deepEqual(await values('watch', '--yes', 'run_2'), ['run_2']);
  assert.deepEqual(await values('runs', '--agent', ''), ['agent_1', 'agent_2']);
});

test('values that are few are known, others are paths', async () => {
  assert.deepEqual(await values('runs', '--status', 'w'), ['waiting']);
  assert.deepEqual((await complete(['run', ''], lookUp)).paths, 'files');
  assert.deepEqual((await complete(['run', 'x', '--input', ''], lookUp)).paths, 'files');
  assert.deepEqual((await complete(['artifacts', '--out', ''], lookUp)).paths, 'folders');
  assert.deepEqual((await complete(['init', ''], lookUp)).paths, 'folders');
  assert.deepEqual(await complete(['nothing', ''], lookUp), { candidates: [] });
});
