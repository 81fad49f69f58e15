import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { programOf } from './run-here.mjs';

describe('programOf', () => {
  it('starts the server and the commands about the checkout without the CLI', () => {
    assert.deepEqual(programOf(['up', '--port', '0'], false), {
      program: 'local/main.ts',
      rest: ['--port', '0'],
    });
    assert.deepEqual(programOf(['test', '--slow'], true), { program: 'scripts/test.ts', rest: ['--slow'] });
  });

  it('runs the tests of the checkout there, and those of agents elsewhere', () => {
    assert.equal(programOf(['test'], true).program, 'scripts/test.ts');
    assert.deepEqual(programOf(['test'], false), { program: 'clients/cli/main.ts', rest: ['test'] });
  });

  it('verifies a file without the CLI, and a run with it', () => {
    const file = fileURLToPath(import.meta.url);
    for (const words of [[file], ['saved/run.tar'], ['run.tar', '--key', 'k'], ['--json', file]]) {
      assert.deepEqual(programOf(['verify', ...words], false), {
        program: 'local/verify-file.ts',
        rest: words,
      });
    }
    for (const words of [[], ['run_01kah0'], ['--data', './nowhere']]) {
      assert.equal(programOf(['verify', ...words], false).program, 'clients/cli/main.ts');
    }
  });

  it('leaves all help to the CLI', () => {
    assert.deepEqual(programOf(['up', '--help'], true), {
      program: 'clients/cli/main.ts',
      rest: ['up', '--help'],
    });
  });

  it('gives every other word, also none, to the CLI', () => {
    assert.deepEqual(programOf(['run', 'hello'], true), {
      program: 'clients/cli/main.ts',
      rest: ['run', 'hello'],
    });
    assert.deepEqual(programOf([], true), { program: 'clients/cli/main.ts', rest: [] });
    assert.equal(programOf(['constructor'], true).program, 'clients/cli/main.ts');
  });
});
