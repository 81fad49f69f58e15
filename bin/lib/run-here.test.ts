import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { programOf } from './run-here.mjs';

describe('programOf', () => {
  it('keeps the commands about the checkout out of the CLI', () => {
    assert.deepEqual(programOf(['test', '--slow']), { program: 'scripts/test.ts', rest: ['--slow'] });
  });

  it('gives every other word, also none, to the CLI', () => {
    assert.deepEqual(programOf(['run', 'hello']), { program: 'clients/cli/main.ts', rest: ['run', 'hello'] });
    assert.deepEqual(programOf([]), { program: 'clients/cli/main.ts', rest: [] });
    assert.equal(programOf(['constructor']).program, 'clients/cli/main.ts');
  });
});
