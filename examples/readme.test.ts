import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from '../clients/bundler/bundle.ts';
import { exitCodes } from '../clients/cli/exit-codes.ts';
import { groups } from '../clients/cli/registry.ts';

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

const readme = textOf('../README.md');

const guide = textOf('../docs/guides/command-line.md');

test('the agent in the README is the example, and can be published', async () => {
  const [, snippet] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  assert.equal(snippet, textOf('hello/agent.ts'));
  await bundleProgram(fileURLToPath(new URL('hello/agent.ts', import.meta.url)));
});

test('the test in the guide is the example', () => {
  const [, snippet] = /```ts\n([\s\S]*?)```/.exec(textOf('../docs/guides/testing-agents.md')) ?? [];
  assert.equal(snippet, textOf('hello/agent.test.ts'));
});

test('README and guide name only commands that there are', () => {
  const known = new Set(['help', ...groups.flatMap(({ entries }) => entries.map(({ name }) => name))]);
  const named = [...(readme + guide).matchAll(/npx tandem ([a-z]+)/g)].map(([, name = '']) => name);
  assert.deepEqual(
    named.filter((name) => !known.has(name)),
    [],
  );
});

test('the guide lists the exit codes that there are', () => {
  const listed = [...guide.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  assert.deepEqual(
    listed,
    Object.values(exitCodes).sort((one, other) => one - other),
  );
});
