/**
 * `npm run test:contract [-- path …]`: what every adapter of a port does, on every adapter there is. Ends with which
 * adapters ran against what; the last line is always `N passed, N failed`.
 */
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileRecord } from '../../scripts/test-runner/file-record.ts';
import { runFile } from '../../scripts/test-runner/run-file.ts';
import { failuresText, fileLine, lastLine } from '../../scripts/test-runner/texts.ts';
import { adaptersTable, metContract, reportedAdapters } from './adapters-report.ts';

/** A file that takes longer hangs. */
const fileTimeoutMs = 300_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const filters = process.argv.slice(2);
const files = globSync('test/contract/*.test.ts', { cwd: root })
  .sort()
  .filter((file) => filters.length === 0 || filters.some((part) => file.includes(part)));

// One after the other: some start a server of their own.
const records: FileRecord[] = [];
for (const file of files) {
  const record = await runFile(root, file, fileTimeoutMs);
  records.push(record);
  console.log(fileLine(record));
  if (record.failures.length > 0) console.log(failuresText(record));
}
const runs = records.flatMap(({ output }) => reportedAdapters(output));
const met = records.flatMap(({ suites }) =>
  [...suites].flatMap(([suite, passed]) => metContract(suite, passed) ?? []),
);
console.log(`\n${adaptersTable(runs, met)}`);
const problems = files.length === 0 ? [`No test file is named like ${filters.join(' ')}.`] : [];
for (const problem of problems) console.log(problem);
const { line, inOrder } = lastLine(records, problems);
console.log(line);
process.exitCode = inOrder ? 0 : 1;
