import type { Paint, Tone } from '../terminal/paint.ts';
import { duration, offset } from '../terminal/units.ts';
import { cut, padEnd, padStart, wrap } from '../terminal/width.ts';
import type { Change, Detail, Entry, Mood } from './entry.ts';

export interface Look {
  readonly paint: Paint;
  /** Width of a line. */
  readonly columns: number;
}

/** Widths of the columns besides the one that takes what is left. */
const widths = { at: 9, operation: 4, kind: 16, verdict: 18, took: 9 } as const;

const gap = '  ';

const indent = widths.at + widths.operation + widths.kind + 3 * gap.length;

/** Width of the name of a detail. */
const labelWidth = 8;

/** Most changes of files that are listed below one entry. */
const listedChanges = 8;

const verdictTones: Readonly<Record<Mood, Tone>> = {
  done: 'good',
  failed: 'bad',
  waiting: 'attention',
  note: 'quiet',
};

const changeTones: Readonly<Record<Change['sign'], Tone>> = { '+': 'good', '~': 'attention', '-': 'bad' };

/** Titles of the columns. */
export function formatTitles({ paint, columns }: Look): string {
  const titles = row(['time', '#', 'operation', 'what', 'verdict', 'took'], subjectWidth(columns));
  return paint('quiet', titles.join(gap).trimEnd());
}

/** An entry as lines of text. */
export function formatEntry(entry: Entry, { paint, columns }: Look): string[] {
  const width = subjectWidth(columns);
  const { changes = [], details = [], mood } = entry;
  const inline = changes.length === 1 && entry.kind.startsWith('file.') ? changes[0] : undefined;
  const cells = row(
    [
      offset(entry.at),
      entry.operation === undefined ? '' : String(entry.operation),
      entry.kind,
      inline ? `${inline.sign} ${entry.what}` : entry.what,
      verdictOf(entry),
      entry.tookMs === undefined ? '' : duration(entry.tookMs),
    ],
    width,
  );
  const tones: readonly Tone[] = [
    'quiet',
    'quiet',
    mood === 'note' ? 'quiet' : 'name',
    mood === 'note' ? 'quiet' : 'plain',
    verdictTones[mood],
    'quiet',
  ];
  return [
    painted(cells, tones, paint),
    ...(inline ? [] : changeLines(changes, paint)),
    ...details.flatMap((detail) => detailLines(detail, mood, { paint, columns })),
  ];
}

/** What stands in the column of verdicts; how the run ended stands there too. */
function verdictOf({ verdict, kind, mood }: Entry): string {
  if (verdict !== undefined) return verdict;
  return kind.startsWith('run.') && mood !== 'note' ? kind.slice('run.'.length) : '';
}

function changeLines(changes: readonly Change[], paint: Paint): string[] {
  const lines = changes
    .slice(0, listedChanges)
    .map(({ sign, path }) => ' '.repeat(indent) + paint(changeTones[sign], `${sign} ${path}`));
  const more = changes.length - listedChanges;
  return more > 0 ? [...lines, `${' '.repeat(indent)}${paint('quiet', `and ${more} more`)}`] : lines;
}

function detailLines({ label, text }: Detail, mood: Mood, { paint, columns }: Look): string[] {
  const name = label === undefined ? '' : padEnd(label, labelWidth);
  const width = Math.max(40, columns - indent - name.length);
  return wrap(text, width).map((line, index) => {
    const start = index === 0 ? paint('quiet', name) : ' '.repeat(name.length);
    return ' '.repeat(indent) + start + paint(mood === 'failed' ? 'bad' : 'plain', line);
  });
}

function subjectWidth(columns: number): number {
  return Math.max(24, columns - indent - widths.verdict - widths.took - 2 * gap.length);
}

function row(cells: readonly [string, string, string, string, string, string], subject: number): string[] {
  const [at, operation, kind, what, verdict, took] = cells;
  return [
    padStart(at, widths.at),
    padStart(operation, widths.operation),
    padEnd(kind, widths.kind),
    padEnd(cut(what, subject), subject),
    padEnd(verdict, widths.verdict),
    padStart(took, widths.took),
  ];
}

/** One line, without blanks at its end. */
function painted(cells: readonly string[], tones: readonly Tone[], paint: Paint): string {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells
    .slice(0, last + 1)
    .map((cell, index) => paint(tones[index] ?? 'plain', index === last ? cell.trimEnd() : cell))
    .join(gap);
}
