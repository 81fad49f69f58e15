import { command, file, OperationError } from 'tandem';
import { number, rows as rowCount } from './report/words.ts';
import { inBounds } from './summary/statistics.ts';
import type { Summary } from './summary/summary.ts';

/**
 * A second opinion, by a program that shares nothing with this one: it runs as a command, reads the cleaned rows from
 * the disk of its space and leaves what it counted in a file.
 */
const script = `// Counts the rows of a CSV file and adds up one of its columns, apart from the program that wrote it.
import { readFileSync, writeFileSync } from 'node:fs';

const [path, column] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const records = [];
let record = [''];
let quoted = false;
for (let at = 0; at < text.length; at++) {
  const character = text[at];
  if (quoted && character === '"' && text[at + 1] === '"') record[record.length - 1] += text[++at];
  else if (character === '"') quoted = !quoted;
  else if (!quoted && character === ',') record.push('');
  else if (!quoted && character === '\\n') { records.push(record); record = ['']; }
  else record[record.length - 1] += character;
}
const rows = records.slice(1);
const values = rows.map((cells) => cells[Number(column)]).filter((cell) => cell).map(Number);
const sum = Number(column) < 0 ? rows.length : values.reduce((total, value) => total + value, 0);
writeFileSync('recount.json', JSON.stringify({ rows: rows.length, values: values.length, sum: String(sum) }) + '\\n');
`;

/** What the recount found, in one sentence, and whether it agrees. */
export interface Recount {
  readonly agrees: boolean;
  readonly sentence: string;
}

/** Has the cleaned rows in `clean.csv` counted again. */
export async function recount({ rows, measure, value }: Summary): Promise<Recount> {
  await file.write('recount.mjs', script);
  const column = measure.column?.index ?? -1;
  const failure = await runTwiceIfInterrupted(`node recount.mjs clean.csv ${column}`);
  if (failure !== undefined) return { agrees: false, sentence: `it could not be made: ${failure}.` };
  const counted = JSON.parse(await file.read('recount.json')) as {
    rows: number;
    values: number;
    sum: string;
  };
  const sum = Number(counted.sum);
  const found = inBounds(measure.how === 'mean' ? sum / Math.max(1, counted.values) : sum);
  const agrees = counted.rows === rows.length && isClose(found, value);
  const what = `a separate program counted ${rowCount(counted.rows)} and ${number(found)}`;
  return {
    agrees,
    sentence: agrees ? `${what}: the same.` : `${what}, but this report says ${number(value)}.`,
  };
}

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

/** Both added up the same numbers, in another order. */
function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
