import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readSourceTree } from './source-tree.ts';

const root = new URL('../..', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Flags that make a mistake a compile error; none may be given up in passing. */
const strictFlags = [
  'strict',
  'noUncheckedIndexedAccess',
  'exactOptionalPropertyTypes',
  'noImplicitOverride',
  'noPropertyAccessFromIndexSignature',
  'verbatimModuleSyntax',
  'erasableSyntaxOnly',
  'isolatedModules',
];

describe('the settings', () => {
  it('keep TypeScript strict', () => {
    const { compilerOptions } = JSON.parse(read('tsconfig.json'));
    assert.deepEqual(
      strictFlags.filter((flag) => compilerOptions[flag] !== true),
      [],
    );
  });

  it('refuse `any`, and nothing makes an exception', () => {
    const { linter } = JSON.parse(read('biome.json'));
    assert.equal(linter.rules.suspicious.noExplicitAny, 'error');
    const exceptions = readSourceTree(fileURLToPath(root))
      .filter(({ path }) => path !== 'test/architecture/settings.test.ts')
      .filter(({ text }) => /biome-ignore[^\n]*noExplicitAny|@ts-(?:ignore|nocheck|expect-error)/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(exceptions, []);
  });

  it('let nothing in that the checks do not pass', () => {
    const { scripts } = JSON.parse(read('package.json'));
    assert.equal(scripts['check:format'], 'biome ci .');
    assert.equal(scripts['check:types'], 'tsc --noEmit');
    assert.match(read('.ci/run'), /^npm run check$/m);
    assert.match(read('.ci/run'), /^counting npm test$/m);
    assert.match(read('.github/workflows/ci.yml'), /run: \.ci\/run/);
  });
});
