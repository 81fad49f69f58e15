import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../domain/limits.ts';
import {
  type OperationArguments as CoreArguments,
  type OperationResults as CoreResults,
  operationKinds,
} from '../domain/operations.ts';
import {
  type OperationArguments,
  type OperationKind,
  type OperationResults,
  operationLimits,
  operationSchemas,
} from './operations.ts';

/** Compiles only while wire and core say the same of every operation. */
type Agree<Wire, Core> = Wire extends Core ? (Core extends Wire ? true : never) : never;
const agreement: {
  [K in OperationKind | keyof CoreArguments]: [
    Agree<OperationArguments[K], CoreArguments[K]>,
    Agree<OperationResults[K], CoreResults[K]>,
  ];
} = {} as never;
void agreement;

test('wire and core know the same operations', () => {
  assert.deepEqual(Object.keys(operationSchemas).sort(), Object.keys(operationKinds).sort());
});

test('limits agree with those of the core', () => {
  assert.equal(operationLimits.command, limits.commandCharacters);
  assert.equal(operationLimits.commandTimeoutMs.min, limits.commandTimeoutMs.min);
  assert.equal(operationLimits.commandTimeoutMs.max, limits.commandTimeoutMs.max);
  assert.ok(operationLimits.content >= (limits.fileBytes / 3) * 4);
});

const valid: [OperationKind, unknown][] = [
  ['now', {}],
  ['log', { message: '', level: 'warn', data: null }],
  ['file.read', { path: 'src/a.ts', encoding: 'base64' }],
  ['file.list', {}],
  ['file.list', { path: '.' }],
  ['file.list', { path: 'src/' }],
  ['file.edit', { path: 'a', edits: [{ oldContent: 'x', newContent: '' }] }],
  ['command.run', { command: 'npm test', cwd: 'app', env: { CI: '1' }, timeoutMs: 1_000 }],
  ['approval.request', { what: 'Deploy', details: { stage: 'production' }, expiresInMs: 60_000 }],
  ['signal.wait', { name: 'go', timeoutMs: 0 }],
  ['sleep', { ms: 0 }],
  ['agent.call', { agent: 'reviewer', version: '1.2.3', input: null }],
];

for (const [kind, args] of valid) {
  test(`${kind} takes ${JSON.stringify(args)}`, () => {
    assert.deepEqual(operationSchemas[kind]().parse(args), args);
  });
}

const invalid: [OperationKind, unknown, string][] = [
  ['now', { zone: 'UTC' }, ''],
  ['file.read', { path: '/etc/passwd' }, 'path'],
  ['file.read', { path: 'a/../../b' }, 'path'],
  ['file.read', { path: 'a\0b' }, 'path'],
  ['file.read', { path: 'a'.repeat(256) }, 'path'],
  ['file.read', { path: 'a', encoding: 'latin1' }, 'encoding'],
  ['file.list', { path: '../' }, 'path'],
  ['file.edit', { path: 'a', edits: [] }, 'edits'],
  ['file.edit', { path: 'a', edits: [{ oldContent: '', newContent: 'x' }] }, 'edits.0.oldContent'],
  ['command.run', { command: 'x'.repeat(4_097) }, 'command'],
  ['command.run', { command: 'x', timeoutMs: 999 }, 'timeoutMs'],
  ['command.run', { command: 'x', timeoutMs: 3_600_001 }, 'timeoutMs'],
  ['command.run', { command: 'x', env: { 'A-B': '' } }, 'env.A-B'],
  ['approval.request', { what: 'x', details: [] }, 'details'],
  ['sleep', { ms: -1 }, 'ms'],
  ['sleep', { ms: 1.5 }, 'ms'],
  ['agent.call', { agent: 'Reviewer', input: null }, 'agent'],
  ['agent.call', { agent: 'reviewer' }, 'input'],
];

for (const [kind, args, place] of invalid) {
  test(`${kind} refuses ${JSON.stringify(args).slice(0, 60)} at ${place || 'the top'}`, () => {
    const { error } = operationSchemas[kind]().safeParse(args);
    assert.ok(
      error?.issues.some(({ path }) => path.join('.') === place),
      JSON.stringify(error?.issues),
    );
  });
}
