/**
 * Runs the tests: `npm test [-- [--slow] [path …]]`. A path, or a part of one, limits the run to the test files that
 * have it in theirs. The last line is always `N passed, N failed`.
 */
import module from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { inParallel } from '../shared/domain/in-parallel.ts';
import type { FileRecord } from './test-runner/file-record.ts';
import { findTests, listedFolders } from './test-runner/find-tests.ts';
import { runFile } from './test-runner/run-file.ts';
import { failuresText, fileLine, lastLine, problemText, slowestText } from './test-runner/texts.ts';

/** A test file that takes longer hangs. */
const fileTimeoutMs = 300_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  options: { slow: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { files, problems } = findTests(root, { folders: listedFolders, filters: positionals });

// Each file in a process of its own, so that none depends on another; they share compiled code.
process.env['NODE_COMPILE_CACHE'] ??=
  module.getCompileCacheDir() ?? join(root, 'node_modules', '.cache', 'tandem');
const records: FileRecord[] = [];
const runOne = async (file: string): Promise<void> => {
  const record = await runFile(root, file, fileTimeoutMs);
  records.push(record);
  console.log(fileLine(record));
};
await inParallel(files, runOne, availableParallelism());
if (values.slow) console.log(slowestText(records));
for (const record of records.filter(({ failures }) => failures.length > 0)) console.log(failuresText(record));
for (const problem of problems) console.log(problemText(problem));
const { line, inOrder } = lastLine(records, problems);
console.log(line);
process.exitCode = inOrder ? 0 : 1;
