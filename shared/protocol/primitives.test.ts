import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ZodType } from 'zod';
import { childRunId, approvalId as derivedApproval } from '../domain/derived-ids.ts';
import { publishVersion } from './agents.ts';
import {
  agentName,
  approvalId,
  queryInteger,
  runId,
  sessionId,
  versionReference,
  waitSeconds,
  workspacePath,
} from './primitives.ts';

const run = 'run_01kah0000000000000000000aa';

const cases: readonly [string, ZodType, good: readonly unknown[], bad: readonly unknown[]][] = [
  [
    'run',
    runId(),
    [run, childRunId(run, 3)],
    ['run_', 'RUN_1', 'run_1/2', `run_${'a'.repeat(80)}`, 'apr_1', 7],
  ],
  ['approval', approvalId(), [derivedApproval(run, 3)], ['run_1', 'apr_', 'apr_A']],
  ['agent', agentName(), ['a', 'hello-world', 'a2'], ['', 'A', '2a', '-a', 'a_b', 'a'.repeat(65)]],
  ['version', versionReference(), ['1.2.3', '0.1.0-rc.1', 'a'.repeat(64)], ['1', '1.2', 'v1.2.3', 'latest']],
  ['session', sessionId(), ['s', 'chat:7', 'a.b_c-d'], ['', ' s', 'a/b', 'a'.repeat(129)]],
  [
    'path',
    workspacePath(),
    ['a', 'a/b.txt', '.env', 'a/.b', '...', 'a..b', 'ü/ß'],
    [
      '',
      '.',
      '..',
      '../a',
      'a/..',
      'a/../b',
      'a/./b',
      '/a',
      'a//b',
      'a/',
      'a\\b',
      'a\0',
      'a\n',
      'a'.repeat(256),
    ],
  ],
  ['wait', waitSeconds(), ['0', '20', '0.25'], ['', '-1', '20.5', '1e1', ' 1', 'x', '0x1']],
  [
    'large number',
    queryInteger(0, Number.MAX_SAFE_INTEGER),
    ['0', '9007199254740991'],
    ['9007199254740992', '99999999999999999'],
  ],
  ['number', queryInteger(1, 200), ['1', '200'], ['0', '201', '1.5', '', '١', '1e2']],
];

for (const [name, schema, good, bad] of cases) {
  test(`${name}: takes what is one and nothing else`, () => {
    for (const value of good) assert.ok(schema.safeParse(value).success, `${String(value)} is refused`);
    for (const value of bad) assert.ok(!schema.safeParse(value).success, `${String(value)} is taken`);
  });
}

test('a bundle may have 4 MiB in UTF-8', () => {
  const bundleOf = (bundle: string) => publishVersion().safeParse({ number: '1.0.0', bundle }).success;
  assert.ok(bundleOf('x'.repeat(4 * 1024 * 1024)));
  assert.ok(!bundleOf('x'.repeat(4 * 1024 * 1024 + 1)));
  assert.ok(!bundleOf('ü'.repeat(3 * 1024 * 1024)));
});
