import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compactShapes } from './compact.ts';

test('only what a result is checked for is kept, and shapes may refer to themselves', () => {
  const model = {
    metadata: { serviceId: 'Trees' },
    operations: { GetTree: { output: { shape: 'Tree' } }, Nothing: {} },
    shapes: {
      Tree: {
        type: 'structure',
        required: ['name'],
        members: { name: { shape: 'Name' }, children: { shape: 'Trees' }, size: { shape: 'Size' } },
      },
      Trees: { type: 'list', member: { shape: 'Tree' }, max: 2 },
      Name: { type: 'string', min: 1, pattern: '.*' },
      Size: { type: 'long', min: 0 },
      Unused: { type: 'string' },
    },
  };
  assert.deepEqual(compactShapes(model), {
    actions: { gettree: 0 },
    shapes: [
      { t: 'structure', fields: { name: 1, children: 2, size: 3 }, required: ['name'] },
      { t: 'string', min: 1 },
      { t: 'list', of: 0, max: 2 },
      { t: 'number', min: 0 },
    ],
  });
});
