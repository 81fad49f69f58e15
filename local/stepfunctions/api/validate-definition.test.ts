import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepFunctions } from '../engine.ts';
import { validateStateMachineDefinition } from './validate-definition.ts';

const ask = (definition: object | string, rest: object = {}): object => {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  const context = { signal: new AbortController().signal };
  return validateStateMachineDefinition({} as StepFunctions, { definition: text, ...rest }, context);
};
const warned = { StartAt: 'A', States: { A: { Type: 'Pass', Result: '$.x', End: true } } };

test('a definition is said to be right, with warnings for who asks for them', () => {
  assert.deepEqual(ask(warned), { result: 'OK', diagnostics: [], truncated: false });
  const { diagnostics, ...rest } = ask(warned, { severity: 'WARNING' }) as {
    diagnostics: { code: string }[];
  };
  assert.deepEqual(rest, { result: 'OK', truncated: false });
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['PASS_RESULT_IS_STATIC'],
  );
});

test('as many diagnostics are told as are asked for, and whether there are more', () => {
  const wrong = { StartAt: 'A', States: { A: { Type: 'Pass', End: true, B: 1, C: 1 } } };
  const told = (maxResults: number) => {
    const { diagnostics, truncated } = ask(wrong, { maxResults }) as {
      diagnostics: unknown[];
      truncated: boolean;
    };
    return [diagnostics.length, truncated];
  };
  assert.deepEqual(
    [told(1), told(2), told(0)],
    [
      [1, true],
      [2, false],
      [2, false],
    ],
  );
});

test('a text that is no definition has one diagnostic without a place', () => {
  assert.deepEqual(ask(' '), {
    result: 'FAIL',
    diagnostics: [
      {
        severity: 'ERROR',
        code: 'SCHEMA_VALIDATION_FAILED',
        message: 'Definition must be a valid JSON object',
      },
    ],
    truncated: false,
  });
  assert.throws(() => ask(warned, { maxResults: 101 }), { type: 'ValidationException' });
});
