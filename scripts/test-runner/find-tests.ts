import { globSync } from 'node:fs';

/** Folders that must hold tests: one of them without any means that tests were lost, not that there are none. */
export const listedFolders: readonly string[] = [
  'bin',
  'clients/bundler',
  'clients/cli',
  'clients/program',
  'clients/sdk',
  'containers',
  'functions',
  'infra',
  'local',
  'scripts',
  'shared/application',
  'shared/domain',
  'shared/protocol',
  'shared/sqlite',
  'state-machines',
  'test/architecture',
  'test/conformance',
  'test/contract',
  'test/guides',
  'test/scenarios',
  'test/security',
  'test/simulation',
  'test/twin',
];

export interface Selection {
  readonly folders: readonly string[];
  /** Parts of paths, as typed; none selects all. */
  readonly filters: readonly string[];
}

/** Whether a test is of the product rather than of one file. */
const isWhole = (path: string) => path.startsWith('test/');

/**
 * The test files of a checkout, relative to it, those under `test` first since they take longest; with what is wrong
 * about them: a listed folder without tests, a filter that matches none.
 */
export function findTests(
  root: string,
  { folders, filters }: Selection,
): { files: string[]; problems: string[] } {
  const all = globSync('**/*.test.ts', {
    cwd: root,
    exclude: (path) => /(^|[\\/])(node_modules|\.\w+)$/.test(path),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort((a, b) => Number(isWhole(b)) - Number(isWhole(a)) || (a < b ? -1 : 1));
  if (filters.length === 0) {
    const empty = folders.filter((folder) => !all.some((file) => file.startsWith(`${folder}/`)));
    return {
      files: all,
      problems: empty.map((folder) => `${folder}: no tests in a folder that must have some`),
    };
  }
  const wanted = filters.map((filter) => filter.replaceAll('\\', '/').replace(/^\.\//, ''));
  const idle = wanted.filter((filter) => !all.some((file) => file.includes(filter)));
  return {
    files: all.filter((file) => wanted.some((filter) => file.includes(filter))),
    problems: idle.map((filter) => `${filter}: no test file has this in its path`),
  };
}
