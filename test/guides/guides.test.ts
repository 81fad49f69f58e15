import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { guideSteps } from './guide-steps.ts';
import { hasShape } from './shape.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const guides = fileURLToPath(new URL('../../docs/guides/', import.meta.url));

/** What a guide says of itself, unseen, when its steps are meant to be executed. */
const mark = '<!-- Executed by test/guides. -->';

const markdown = [
  'Type:',
  '```sh',
  'echo one',
  '```',
  'which prints',
  '```text',
  'one',
  '```',
  '```ts lib/a.ts',
  'export {};',
  '```',
  '```ts',
  'only to be read',
  '```',
  '```json b.json',
  '{}',
  '```',
  'and the other terminal prints',
  '```text',
  'saved',
  '```',
  '```sh background',
  'serve',
  '```',
].join('\n');

test('a guide is what its blocks say', () => {
  assert.deepEqual(guideSteps(markdown), [
    { kind: 'shell', line: 2, script: 'echo one\n', background: false, prints: 'one\n' },
    { kind: 'file', line: 9, path: 'lib/a.ts', text: 'export {};\n' },
    { kind: 'file', line: 15, path: 'b.json', text: '{}\n', prints: 'saved\n' },
    { kind: 'shell', line: 22, script: 'serve\n', background: true },
  ]);
});

test('a guide that cannot be followed is refused', () => {
  assert.throws(() => guideSteps('```text\nprinted by nothing\n```'), /Line 1/);
  assert.throws(() => guideSteps('```sh\nnever ends'), /Line 1/);
});

test('a shape leaves out what differs each time, and nothing else', () => {
  const shown = 'Run  run_01m8h1ch5vtc78ezv85zqt5a2f  took 8.0 s\nServer http://127.0.0.1:4400\n';
  assert.ok(
    hasShape('Run    run_09zzzzzzzzzzzzzzzzzzzzzzzz  took 12 ms\n\nServer http://127.0.0.1:5000\n', shown),
  );
  assert.ok(
    !hasShape('Run    run_09zzzzzzzzzzzzzzzzzzzzzzzz  failed 12 ms\nServer http://127.0.0.1:5000\n', shown),
  );
  assert.ok(!hasShape(`${shown}more\n`, shown));
  assert.ok(!hasShape('', shown));
});

test('dots stand for lines, and for the end of a line', () => {
  assert.ok(hasShape('a\nb\nc\nd', 'a\n…\nd'));
  assert.ok(hasShape('a\nd', 'a\n…\nd'));
  assert.ok(hasShape('a and more\nb', 'a…\n…'));
  assert.ok(!hasShape('a\nb\nc', 'a\n…\nd'));
});

test('every guide that is to be executed has a test that does it, and the other way round', () => {
  const marked = globSync('*.md', { cwd: guides }).filter((name) =>
    readFileSync(`${guides}${name}`, 'utf8').includes(mark),
  );
  const tested = globSync('*.test.ts', { cwd: here })
    .map((file) => readFileSync(`${here}${file}`, 'utf8'))
    .flatMap((text) => [...text.matchAll(/^executeGuide\('([\w-]+)'\);$/gm)].map(([, name]) => `${name}.md`));
  assert.deepEqual(tested.sort(), marked.map((name) => basename(name)).sort());
  assert.ok(marked.length > 0);
});
