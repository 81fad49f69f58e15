import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { programOf } from './run-here.mjs';

describe('programOf', () => {
  it('starts the server and the commands about the checkout without the CLI', () => {
    assert.deepEqual(programOf(['up', '--port', '0']), { program: 'local/main.ts', rest: ['--port', '0'] });
    assert.deepEqual(programOf(['test', '--slow']), { program: 'scripts/test.ts', rest: ['--slow'] });
  });

  it('leaves all help to the CLI', () => {
    assert.deepEqual(programOf(['up', '--help']), { program: 'clients/cli/main.ts', rest: ['up', '--help'] });
  });

  it('gives every other word, also none, to the CLI', () => {
    assert.deepEqual(programOf(['run', 'hello']), { program: 'clients/cli/main.ts', rest: ['run', 'hello'] });
    assert.deepEqual(programOf([]), { program: 'clients/cli/main.ts', rest: [] });
    assert.equal(programOf(['constructor']).program, 'clients/cli/main.ts');
  });
});
