import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folders = globSync('*/', { cwd: root }).map((folder) => folder.replace(/[\\/]$/, ''));
const exclude = (path: string) => /(^|[\\/])(node_modules|\.[^\\/.]+)$/.test(path);
const documents = globSync('**/*.md', { cwd: root, exclude });

/** Paths of this checkout that a text names in code or links to, relative to the checkout. */
function pathsIn(text: string, folder: string): string[] {
  const named = [...text.matchAll(/`([\w@.-]+(?:\/[\w@.-]+)+)`/g)].map(([, path = '']) => path);
  const linked = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, path = '']) => join(folder, path));
  return [...named.filter((path) => folders.includes(path.split('/')[0] ?? '')), ...linked];
}

describe('the documents', () => {
  for (const document of documents) {
    it(`${document} names only what exists`, () => {
      const paths = pathsIn(readFileSync(join(root, document), 'utf8'), dirname(document));
      const missing = paths.filter((path) => !path.includes('node_modules') && !existsSync(join(root, path)));
      assert.deepEqual(missing, []);
    });
  }

  it('are found out when they name what is gone', () => {
    const text =
      'See `shared/domain/gone.ts`, [this](../gone.md) and [that](https://example.org), not `a/b`.';
    assert.deepEqual(pathsIn(text, 'docs/design'), ['shared/domain/gone.ts', join('docs', 'gone.md')]);
  });
});
