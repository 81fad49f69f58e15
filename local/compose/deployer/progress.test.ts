import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress } from './progress.ts';

function told(...lines: string[]): string[] {
  const said: string[] = [];
  const progress = new Progress((line) => said.push(line));
  for (const line of lines) progress.line(line);
  return said;
}

const event = (done: number, status: string, rest = 'AWS::S3::Bucket | Blobs') =>
  `the-stack | ${done}/45 | 8:53:27 PM | ${status.padEnd(20)} | ${rest}`;

test('how many resources there are is said now and then, and at the end', () => {
  const lines = Array.from({ length: 45 }, (_, at) => event(at + 1, 'CREATE_COMPLETE'));
  assert.deepEqual(told(...lines, event(45, 'CREATE_COMPLETE')), [
    'the-stack: 20 of 45 resources',
    'the-stack: 40 of 45 resources',
    'the-stack: 45 of 45 resources',
  ]);
});

test('every resource that fails is named, with the reason', () => {
  assert.deepEqual(told(event(3, 'CREATE_FAILED', 'AWS::WAFv2::WebACL | Firewall not supported')), [
    'the-stack: AWS::WAFv2::WebACL failed: Firewall not supported',
  ]);
});

test('what else is said is told when it is asked for', () => {
  const said: string[] = [];
  const progress = new Progress((line) => said.push(line));
  progress.line('Synthesis time: 0.06s');
  progress.line('');
  assert.deepEqual(said, []);
  progress.tellAll();
  assert.deepEqual(said, ['  Synthesis time: 0.06s']);
});
