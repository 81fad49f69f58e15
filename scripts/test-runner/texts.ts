import { stripVTControlCharacters, styleText } from 'node:util';
import type { FileRecord } from './file-record.ts';
import type { Ended } from './run-file.ts';

/** One line on a file that has ended. */
export function fileLine({ file, failures, passed, durationMs }: FileRecord): string {
  const mark = markOf(failures.length > 0);
  const failed = failures.length === 0 ? '' : `, ${failures.length} failed`;
  return `${mark} ${file}  ${styleText('dim', `${passed} passed${failed}, ${inSeconds(durationMs)}`)}`;
}

/** One line on a test or suite that has ended while others of its file still run, and why it has failed. */
export function endedLine({ name, nesting, failed, why, durationMs }: Ended): string {
  const line = `${'  '.repeat(nesting)}${markOf(failed)} ${name}  ${styleText('dim', inSeconds(durationMs))}`;
  return why === undefined ? line : `${line}\n${indent(why)}`;
}

const markOf = (failed: boolean): string => (failed ? styleText('red', '✖') : styleText('green', '✔'));

/** Every failure of a file in full, then the seeds it named, then what it printed last. */
export function failuresText({ file, failures, seeds, output }: FileRecord): string {
  const told = failures.map(
    ({ name, place, why }) =>
      `\n${styleText('red', '✖')} ${place}  ${styleText('bold', name)}\n${indent(why)}`,
  );
  const seed = seeds.length === 0 ? [] : [indent(`Seeds: ${[...new Set(seeds)].join('; ')}`)];
  const printed = output.trim() === '' ? [] : [indent(`Output of ${file}:\n${indent(output.trimEnd())}`)];
  return [...told, ...seed, ...printed].join('\n');
}

/** The files that took longest. */
export function slowestText(records: readonly FileRecord[], count = 10): string {
  const slowest = records.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, count);
  const lines = slowest.map(({ file, durationMs }) => `${inSeconds(durationMs).padStart(8)}  ${file}`);
  return `\nSlowest files:\n${lines.join('\n')}`;
}

/** Something wrong about the run as a whole. */
export function problemText(problem: string): string {
  return `\n${styleText('red', '✖')} ${problem}`;
}

/** The count, and whether it says that everything is in order: a run of no tests is not. */
export function lastLine(
  records: readonly FileRecord[],
  problems: readonly string[],
): { line: string; inOrder: boolean } {
  const passed = records.reduce((sum, record) => sum + record.passed, 0);
  const failed = records.reduce((sum, { failures }) => sum + failures.length, problems.length);
  return { line: `\n${passed} passed, ${failed} failed`, inOrder: failed === 0 && passed > 0 };
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 1000 ? 2 : 1)} s`;
}

function indent(text: string): string {
  return stripVTControlCharacters(text).replace(/^(?=.)/gm, '    ');
}
