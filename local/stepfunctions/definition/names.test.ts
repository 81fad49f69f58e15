import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameProblems } from './names.ts';

const told = (...labels: readonly unknown[]) =>
  nameProblems({
    StartAt: 'M0',
    States: Object.fromEntries(
      labels.map((label, index) => [`M${index}`, { Type: 'Map', Label: label as string }]),
    ),
  }).map(({ code, location }) => `${code} ${location}`);

test('labels are short, plain and given once', () => {
  assert.deepEqual(told('Orders', 'Refunds_2'), []);
  assert.deepEqual(told('x'.repeat(41), 'a b', ''), [
    'INVALID_LABEL_NAME /States/M0/Label',
    'INVALID_LABEL_NAME /States/M1/Label',
    'INVALID_LABEL_NAME /States/M2/Label',
  ]);
  assert.deepEqual(told('Same', 'Same'), ['DUPLICATE_LABEL_NAME /States/M1/Label']);
});
