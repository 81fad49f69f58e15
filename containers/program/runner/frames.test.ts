import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesOf } from './frames.ts';

test('frames of one file are found in all of V8’s spellings', () => {
  const stack = `Error: at work (program.js:1:1)
    at program.js:3:14
    at run (program.js:4:5)
    at async run (program.js:5:6)
    at async program.js:6:7
    at new Thing (program.js:7:8)
    at Object.method [as alias] (program.js:8:9)
    at startGuest (tandem:bridge:20:5)
    at Array.map (<anonymous>)
    at node:internal/main:1:1`;
  assert.deepEqual(
    framesOf(stack, 'program.js').map(({ name, line, column }) => `${name} ${line}:${column}`),
    [' 3:14', 'run 4:5', 'run 5:6', ' 6:7', 'new Thing 7:8', 'Object.method [as alias] 8:9'],
  );
});
