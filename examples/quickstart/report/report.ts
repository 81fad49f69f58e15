import { type Column, valueIn } from '../csv/columns.ts';
import type { DirtyRow, Row, Table } from '../csv/table.ts';
import { statisticsOf } from '../summary/statistics.ts';
import type { Summary } from '../summary/summary.ts';
import type { Trend } from '../summary/trend.ts';
import { haveShares, headlineOf } from './headline.ts';
import { markdownTable, plain } from './markdown.ts';
import {
  capitalised,
  columns as columnCount,
  measureName,
  number,
  percent,
  rows,
  setAside,
} from './words.ts';

export interface ReportSource {
  /** Name of the CSV file. */
  readonly file: string;
  readonly sha256?: string;
  readonly table: Table;
  /** What the recount found. */
  readonly recount: string;
}

/** Dirty rows that are listed one by one. */
const listed = 25;

/** Points of a trend that are listed one by one. */
const listedPoints = 60;

/** The report in Markdown. */
export function reportOf(summary: Summary, source: ReportSource): string {
  return [
    `# ${plain(capitalised(measureName(summary.measure)))} in ${plain(source.file)}`,
    headline(summary),
    `![${plain(capitalised(measureName(summary.measure)))}](chart.svg)`,
    ...groupSection(summary),
    ...trendSection(summary),
    '## Columns',
    columnTable(summary),
    ...dirtySection(summary),
    '## How this was made',
    provenance(summary, source),
  ]
    .join('\n\n')
    .concat('\n');
}

const headline = (summary: Summary) => `**${plain(headlineOf(summary))}**`;

function groupSection({ grouping, measure, value }: Summary): string[] {
  if (!grouping) return [];
  const shares = haveShares(measure, grouping) && value !== 0;
  const lines = grouping.groups.map((group) => [
    plain(group.name),
    number(group.rows),
    number(group.value),
    shares ? `${number((group.value / value) * 100, 1)} %` : '',
  ]);
  const name = plain(measureName(measure));
  const titles = [{ title: plain(grouping.column) }, ...rightTitles('rows', name, 'share')];
  return [`## By ${plain(grouping.column)}`, markdownTable(titles, lines)];
}

function trendSection({ trend, measure }: Summary): string[] {
  if (!trend) return [];
  const lines = trend.points
    .slice(-listedPoints)
    .map(({ label, rows: count, value }) => [plain(label), number(count), number(value)]);
  const titles = [{ title: trend.period }, ...rightTitles('rows', plain(measureName(measure)))];
  return [`## Over time`, trendSentence(trend), markdownTable(titles, lines)];
}

function trendSentence({ points, period, change }: Trend): string {
  const best = points.reduce((highest, point) => (point.value > highest.value ? point : highest));
  const half =
    change === undefined ? '' : ` The second half of the time is ${percent(change)} against the first.`;
  return `The highest ${period} was ${best.label} with ${number(best.value)}.${half}`;
}

function columnTable({ columns, rows: used }: Summary): string {
  const lines = columns.map((column) => [
    plain(column.name),
    column.kind,
    `${number(column.filled * 100, 0)} %`,
    number(column.distinct),
    contentOf(column, used),
  ]);
  const titles = [
    { title: 'column' },
    { title: 'kind' },
    ...rightTitles('filled', 'different'),
    { title: 'content' },
  ];
  return markdownTable(titles, lines);
}

function contentOf(column: Column, used: readonly Row[]): string {
  if (column.kind === 'number') {
    const values = valuesIn(column, used);
    if (values.length === 0) return '';
    const { min, median, mean, max } = statisticsOf(values);
    return `${number(min)} to ${number(max)}, median ${number(median)}, mean ${number(mean)}`;
  }
  if (column.kind === 'date') return spanOf(column, used);
  return plain(examples(column, used).join(', '));
}

function valuesIn(column: Column, used: readonly Row[]): number[] {
  return used.map((row) => valueIn(column, row)).filter((value) => value !== undefined);
}

function spanOf(column: Column, used: readonly Row[]): string {
  const times = valuesIn(column, used);
  if (times.length === 0) return '';
  const { min, max } = statisticsOf(times);
  return [min, max].map((time) => new Date(time).toISOString().slice(0, 10)).join(' to ');
}

function examples({ index, kind }: Column, used: readonly Row[]): string[] {
  const counts = new Map<string, number>();
  // Identifiers are all as frequent as each other: the first ones will do.
  for (const { cells } of kind === 'identifier' ? used.slice(0, 10) : used) {
    const cell = cells[index] ?? '';
    if (cell !== '') counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([, one], [, other]) => other - one).slice(0, 3);
  return frequent.map(([cell]) => (cell.length > 40 ? `${cell.slice(0, 39)}…` : cell));
}

function dirtySection(summary: Summary): string[] {
  const { dirty } = summary;
  if (dirty.length === 0) return [];
  const lines = dirty.slice(0, listed).map(({ line, reason }: DirtyRow) => [number(line), plain(reason)]);
  const more = dirty.length > listed ? [`… and ${number(dirty.length - listed)} more.`] : [];
  const titles = [...rightTitles('line'), { title: 'why' }];
  return [`## ${capitalised(setAside(summary))}`, markdownTable(titles, lines), ...more];
}

function provenance({ rows: used, dirty }: Summary, { file, sha256, table, recount }: ReportSource): string {
  const digest = sha256 === undefined ? '' : ` (SHA-256 \`${sha256}\`)`;
  const delimiter = table.delimiter === '\t' ? 'tab' : `\`${table.delimiter}\``;
  const separated = table.columns.length === 1 ? '' : ` separated by ${delimiter}`;
  return [
    `- Source: \`${file.replaceAll('`', '')}\`${digest}, ${columnCount(table.columns.length)}${separated}.`,
    `- ${capitalised(rows(used.length + dirty.length))} read: ${number(used.length)} used, ${number(dirty.length)} set aside.`,
    `- Recount: ${recount}`,
  ].join('\n');
}

function rightTitles(...titles: string[]): { title: string; right: true }[] {
  return titles.map((title) => ({ title, right: true }));
}
