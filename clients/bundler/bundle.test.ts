import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { isTandemError } from '../../shared/errors/tandem-error.ts';
import { bundleProgram } from './bundle.ts';

const root = await mkdtemp(join(tmpdir(), 'tandem-bundle-'));
after(() => rm(root, { recursive: true }));

let projects = 0;

async function project(files: Record<string, string>): Promise<string> {
  projects += 1;
  const folder = join(root, `project-${projects}`);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const working = {
  'agent.ts': `import { file } from 'tandem';
import { double } from './lib/double.ts';
import { name } from 'dependency';
export default async (input: { n: number }) => {
  await file.write(name, String(double(input.n)));
};`,
  'lib/double.ts': 'export const double = (n: number): number => 2 * n;',
  'node_modules/dependency/package.json': '{"name":"dependency","main":"main.js"}',
  'node_modules/dependency/main.js': 'exports.name = process.env.NODE_ENV;',
};

function sourceMap(code: string): { sources: string[]; sourcesContent: string[] } {
  const [, base64 = ''] = code.split('sourceMappingURL=data:application/json;base64,');
  return JSON.parse(Buffer.from(base64, 'base64').toString());
}

test('program, dependencies and author library become one script with its sources', async () => {
  const folder = await project(working);
  const { code, warnings } = await bundleProgram(join(folder, 'agent.ts'));
  assert.deepEqual(warnings, []);
  const { sources, sourcesContent } = sourceMap(code);
  assert.ok(sources.includes('agent.ts') && sources.includes('lib/double.ts'), sources.join());
  assert.equal(sourcesContent[sources.indexOf('agent.ts')], working['agent.ts']);
  assert.equal(typeof new Function(`return ${code}`)(), 'function');
});

test('the same sources give the same bytes wherever they lie, and show no place', async () => {
  const folder = await project(working);
  const { code } = await bundleProgram(join(folder, 'agent.ts'));
  const elsewhere = join(root, 'elsewhere/deep/down');
  await cp(folder, elsewhere, { recursive: true });
  assert.equal((await bundleProgram(join(elsewhere, 'agent.ts'))).code, code);
  const everything = code + JSON.stringify(sourceMap(code));
  assert.ok(!everything.includes(root) && !everything.includes(process.cwd()));
});

test('no schema library gets into the bundle', async () => {
  const folder = await project(working);
  const { code } = await bundleProgram(join(folder, 'agent.ts'));
  assert.deepEqual(
    sourceMap(code).sources.filter((source) => /zod|shared/.test(source)),
    [],
  );
});

const refused: Record<string, [Record<string, string>, RegExp]> = {
  'a module of Node': [
    {
      'agent.ts': `const x = 1;\nimport { readFileSync } from 'node:fs';\nexport default () => readFileSync;`,
    },
    /^agent\.ts:2:30: A program cannot import "node:fs"/,
  ],
  'a module of Node without prefix': [
    { 'agent.js': `export default async () => (await import('process')).pid;` },
    /^agent\.js:1:42: A program cannot import "process"/,
  ],
  'a module of Node in a dependency': [
    {
      'agent.js': `import n from 'n';\nexport default () => n;`,
      'node_modules/n/index.js': `module.exports = require('net');`,
    },
    /^node_modules\/n\/index\.js:1:26: A program cannot import "net"/,
  ],
  'a missing default export': [
    { 'agent.ts': 'export const run = () => 1;' },
    /^agent\.ts:1:1: The program has no default export/,
  ],
  'a syntax error': [{ 'agent.ts': 'export default () => {\n  const = 1;\n};' }, /^agent\.ts:2:9: /],
  'a missing package': [
    { 'agent.ts': `import x from 'not-installed';\nexport default () => x;` },
    /^agent\.ts:1:15: Could not resolve "not-installed"/,
  ],
};

for (const [what, [files, message]] of Object.entries(refused)) {
  test(`${what} is refused with its place`, async () => {
    const folder = await project(files);
    const entry = join(folder, Object.keys(files)[0] as string);
    await assert.rejects(bundleProgram(entry), (error) => {
      assert.ok(isTandemError(error, 'definition.invalid'));
      assert.match(error.message, message);
      return true;
    });
  });
}

test('an entry file that does not exist is refused', async () => {
  await assert.rejects(bundleProgram(join(root, 'absent.ts')), { code: 'definition.invalid' });
});

test('a file of another kind is no program', async () => {
  const folder = await project({ 'plain.txt': 'export default 5', 'py.py': 'def run(): pass' });
  for (const file of ['plain.txt', 'py.py']) {
    await assert.rejects(bundleProgram(join(folder, file)), (error) => {
      assert.ok(isTandemError(error, 'definition.invalid'));
      assert.match(error.message, new RegExp(`^${file} is no program`));
      return true;
    });
  }
});
