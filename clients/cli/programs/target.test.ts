import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { agentNameOf, targetOf } from './target.ts';

test('agents are told from files', () => {
  assert.deepEqual(targetOf('csv-report', '/'), { kind: 'agent', agent: 'csv-report' });
  assert.deepEqual(targetOf('csv-report@1.0.2', '/'), {
    kind: 'agent',
    agent: 'csv-report',
    version: '1.0.2',
  });
  const here = import.meta.filename;
  assert.deepEqual(targetOf(here, '/'), { kind: 'file', file: here, agent: 'target-test' });
  assert.throws(() => targetOf('./absent.ts', '/'), UsageError);
});

test('an agent is named after its file, or its folder', () => {
  const names = ['/x/InvoiceCheck.ts', '/x/invoice check/agent.ts', '/x/1st_try.js', '/x/---.ts'].map(
    agentNameOf,
  );
  assert.deepEqual(names, ['invoice-check', 'invoice-check', 'st-try', 'program']);
});
