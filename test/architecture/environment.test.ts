import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { configurationGuide, guidePath } from '../../scripts/configuration-guide.ts';
import { aboutSetting, settingNames } from '../../shared/protocol/environment/read-settings.ts';
import { isTest, readSourceTree, type SourceFile, sourceTree, withoutComments } from './source-tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const schema = 'shared/protocol/environment/environment.ts';
const known: readonly string[] = settingNames;

const isSource = (file: SourceFile) =>
  file.path !== schema && !isTest(file) && !file.path.startsWith('bench/');

/** Names in the code, wherever they stand: in a remedy, too, only what exists may be named. */
const named = (tree: readonly SourceFile[]) =>
  new Set(tree.flatMap((file) => [...withoutComments(file).matchAll(/\bTANDEM_\w+/g)].map(([name]) => name)));

/** Names that the code reads: as a member, or by taking an object apart. */
function read(tree: readonly SourceFile[]): Set<string> {
  const reading = /(?:\.|\[['"])(TANDEM_\w+)|[{,]\s*(TANDEM_\w+)(?=[\s:,}])/g;
  const names = tree.flatMap((file) =>
    [...withoutComments(file).matchAll(reading)].map(([, a, b]) => a ?? b ?? ''),
  );
  return new Set(names);
}

describe('the environment', () => {
  const tree = readSourceTree(root).filter(isSource);

  it('is described by one schema: no variable is named that it lacks', () => {
    assert.deepEqual(
      [...named(tree)].filter((name) => !known.includes(name)),
      [],
    );
  });

  it('has no variable that nobody reads', () => {
    const people = known.filter((name) => !isForWorkers(name));
    const reads = read(tree);
    assert.deepEqual(
      people.filter((name) => !reads.has(name)),
      [],
    );
    const names = named(tree);
    assert.deepEqual(
      known.filter((name) => !names.has(name)),
      [],
    );
  });

  it('is read from `process.env` in no other way', () => {
    const elsewhere = tree
      .filter(({ text }) => /process\.env(\.|\[['"])TANDEM_/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(elsewhere, []);
  });

  it('is found out when it is read behind the back of the schema', () => {
    const sly = sourceTree({ 'local/a.ts': "const a = process.env['TANDEM_SLY'];\n// TANDEM_REMARK\n" });
    assert.deepEqual([...named(sly)], ['TANDEM_SLY']);
    assert.deepEqual([...read(sly)], ['TANDEM_SLY']);
    assert.deepEqual([...read(sourceTree({ 'a.ts': "say('Set TANDEM_URL=x');" }))], []);
  });

  it('has a guide that is current: `node scripts/write-configuration-guide.ts` writes it', () => {
    assert.equal(readFileSync(new URL(`../../${guidePath}`, import.meta.url), 'utf8'), configurationGuide());
  });
});

const isForWorkers = (name: string) =>
  settingNames.some(
    (one) =>
      one === name && aboutSetting(one).readers.every((reader) => ['worker', 'function'].includes(reader)),
  );
