import { command, file, OperationError } from 'tandem';
import { recountScript } from './recount-script.ts';
import { groupDigits, number, rows as rowCount } from './report/words.ts';
import { decimalText } from './summary/decimal.ts';
import type { Summary } from './summary/summary.ts';

/** What the recount found, in one sentence, and whether it agrees. */
export interface Recount {
  readonly agrees: boolean;
  readonly sentence: string;
}

/** Has the cleaned rows in `clean.csv` counted again. */
export async function recount({ rows, measure, value, total }: Summary): Promise<Recount> {
  await file.write('recount.mjs', recountScript);
  const column = measure.column?.index ?? -1;
  const failure = await runTwiceIfInterrupted(`node recount.mjs clean.csv ${column}`);
  if (failure !== undefined) return { agrees: false, sentence: `it could not be made: ${failure}.` };
  const ours = { rows: rows.length, values: total.count, sum: decimalText(total.sum) };
  const theirs = JSON.parse(await file.read('recount.json')) as Counted;
  const agrees = theirs.rows === ours.rows && theirs.values === ours.values && theirs.sum === ours.sum;
  const counted = 'a separate program counted';
  if (agrees) {
    return { agrees, sentence: `${counted} ${rowCount(rows.length)} and ${number(value)}: the same.` };
  }
  return { agrees, sentence: `${counted} ${inFull(theirs)}, but this report says ${inFull(ours)}.` };
}

/** What two programs must agree on, to the last digit. */
interface Counted {
  readonly rows: number;
  /** How many of the rows have a value. */
  readonly values: number;
  /** Of all values, as an exact decimal. */
  readonly sum: string;
}

/** Rounded, two sums that differ may look the same. */
const inFull = ({ rows, values, sum }: Counted): string =>
  `${rowCount(rows)}, ${number(values)} with a value, and a sum of ${groupDigits(sum)}`;

/** The script does no harm twice; Tandem cannot know that, and so leaves the decision to us. */
async function runTwiceIfInterrupted(line: string): Promise<string | undefined> {
  try {
    return await run(line);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return error.code === 'operation.interrupted' ? run(line) : error.message;
  }
}

/** Why it failed; nothing if it did not. */
async function run(line: string): Promise<string | undefined> {
  const { exitCode, stderr } = await command.run(line, { timeoutMs: 60_000 });
  return exitCode === 0 ? undefined : stderr.trim().split('\n').at(-1) || `exit code ${exitCode}`;
}
