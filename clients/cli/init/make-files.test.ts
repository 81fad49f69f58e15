import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../usage-error.ts';
import { makeFiles } from './make-files.ts';
import { templateFiles } from './template.ts';

const root = mkdtempSync(join(tmpdir(), 'tandem-init-'));
after(() => rmSync(root, { recursive: true }));

const files = templateFiles({ name: 'expenses', tandem: '/opt/tandem' });

test('a new folder has an agent, its test, its input, and a package that names this checkout', () => {
  const folder = join(root, 'new/expenses');
  const { made, kept } = makeFiles(folder, files);
  assert.deepEqual(kept, []);
  assert.deepEqual(readdirSync(folder).sort(), [...made].sort());
  for (const path of ['agent.ts', 'agent.test.ts', 'input.json', '.gitignore'])
    assert.ok(made.includes(path), path);
  const { name, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  assert.deepEqual([name, devDependencies], ['expenses', { tandem: 'file:/opt/tandem' }]);
});

test('a README and a .gitignore of somebody else are kept', () => {
  const folder = join(root, 'cloned');
  mkdirSync(folder);
  writeFileSync(join(folder, 'README.md'), 'mine');
  const { made, kept } = makeFiles(folder, files);
  assert.deepEqual(kept, ['README.md']);
  assert.ok(!made.includes('README.md'));
  assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), 'mine');
});

test('nothing is made where something would be overwritten, be it a link to nowhere', () => {
  const folder = join(root, 'taken');
  mkdirSync(folder);
  writeFileSync(join(folder, 'agent.ts'), 'mine');
  symlinkSync(join(root, 'nowhere'), join(folder, 'input.json'));
  assert.throws(
    () => makeFiles(folder, files),
    (error) => error instanceof UsageError && /agent\.ts and input\.json already/.test(error.message),
  );
  assert.deepEqual(readdirSync(folder).sort(), ['agent.ts', 'input.json']);
});

test('a place where no folder can be is said in one sentence', () => {
  writeFileSync(join(root, 'file'), '');
  assert.throws(() => makeFiles(join(root, 'file/below'), files), { code: 'data.permission' });
});
