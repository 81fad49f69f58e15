import { approval, artifact, type FileEntry, file, finish, log, OperationError } from 'tandem';
import { chartOf } from './chart/chart.ts';
import { assertCsv, assertTable } from './csv/assert-csv.ts';
import { type CleanRows, cleanRows } from './csv/clean.ts';
import { type Column, columnsOf } from './csv/columns.ts';
import { decodeText } from './csv/decode.ts';
import { readTable } from './csv/read-table.ts';
import type { Table } from './csv/table.ts';
import { writeCsv } from './csv/write-csv.ts';
import { recount } from './recount.ts';
import { headlineOf } from './report/headline.ts';
import { reportOf } from './report/report.ts';
import { capitalised, columns as columnCount, number, rows, setAside } from './report/words.ts';
import { summaryOf } from './summary/summary.ts';

export interface Input {
  /** CSV file in the workspace; default: the only one there. */
  readonly file?: string;
  /** Its SHA-256, for the record. */
  readonly sha256?: string;
}

export interface Output {
  /** One sentence for people. */
  readonly summary: string;
  readonly published: boolean;
  /** Rows used, and rows set aside. */
  readonly rows: number;
  readonly dirty: number;
}

/** More than this takes long enough for a person to wonder. */
const noticeable = { characters: 1_000_000, cells: 100_000 } as const;

/** Reads a CSV file, sets dirty rows aside, and publishes a report with a chart, once a person agrees. */
export default async function report(input: Input | null): Promise<Output> {
  const files = await file.list();
  const name = input?.file ?? onlyCsv(files);
  const table = await tableIn(name);
  const { columns, clean } = await sortOut(table);
  if (clean.rows.length === 0) finish(nothingIn(name, clean.dirty.length));

  const summary = summaryOf(columns, clean);
  await file.write('clean.csv', writeCsv(summary.columns, summary.rows));
  const second = await recount(summary);
  const source = {
    file: name,
    table,
    recount: second.sentence,
    ...(input?.sha256 ? { sha256: input.sha256 } : {}),
  };
  await file.write('chart.svg', chartOf(summary, name));
  await file.write('report.md', reportOf(summary, source));

  const answer = await approval.request({
    what: `Publish the report on ${rows(summary.rows.length)} of ${name}`,
    why: `${headlineOf(summary)} ${capitalised(setAside(summary))}. Recount: ${second.sentence}`,
    impact: 'report.md and chart.svg become artefacts of this run, for everybody who may see it',
  });
  const counts = { rows: summary.rows.length, dirty: summary.dirty.length };
  if (answer.decision !== 'approved') return { ...(await keepDraft(answer)), ...counts };

  await artifact.add('report.md');
  await artifact.add('chart.svg');
  return { summary: headlineOf(summary), published: true, ...counts };
}

/** All that is computed at one stretch must be done in seconds: each `log` that is awaited starts a new stretch. */
async function tableIn(name: string): Promise<Table> {
  const text = await readText(name);
  assertCsv(name, text);
  if (text.length > noticeable.characters) await log(`Reads ${number(text.length)} characters`);
  const table = readTable(text);
  if (table.rows.length + table.broken.length === 0) finish(nothingIn(name, 0));
  assertTable(name, table);
  const read = rows(table.rows.length + table.broken.length);
  await log(`${read}, ${columnCount(table.columns.length)}: ${table.columns.join(', ')}`);
  return table;
}

async function sortOut(table: Table): Promise<{ columns: readonly Column[]; clean: CleanRows }> {
  const columns = columnsOf(table);
  const cells = table.rows.length * columns.length;
  if (cells > noticeable.cells) await log(`Checks ${number(cells)} cells`);
  const clean = cleanRows(table, columns);
  await log(capitalised(setAside(clean)), clean.dirty.slice(0, 100));
  return { columns, clean };
}

function onlyCsv(files: readonly FileEntry[]): string {
  const [only, ...others] = files.filter(({ path }) => /\.(?:csv|tsv|txt)$/i.test(path));
  if (only && others.length === 0) return only.path;
  throw new Error(
    only ? 'There are several CSV files: name one in the input, {"file": …}.' : 'There is no CSV file.',
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await file.read(path);
  } catch (error) {
    if (!(error instanceof OperationError) || error.code !== 'file.not-text') throw error;
    return decodeText(await file.read(path, { encoding: 'base64' }));
  }
}

async function keepDraft({ decision, by, reason }: { decision: string; by?: string; reason?: string }) {
  const text = await file.read('report.md');
  await file.write('report.md', text.replace(/^# /, '# Draft: '));
  const who = by === undefined ? '' : ` by ${by.replace(/^user:/, '')}`;
  const why = reason === undefined ? '' : ` (${reason})`;
  return {
    summary: `Not published: ${decision}${who}${why}. The draft stays in the workspace.`,
    published: false,
  };
}

function nothingIn(name: string, dirty: number): Output {
  const why = dirty === 0 ? 'it has no rows' : `none of its ${rows(dirty)} can be used`;
  return { summary: `Nothing to report on ${name}: ${why}.`, published: false, rows: 0, dirty };
}
