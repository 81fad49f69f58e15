import type { Paint, Tone } from '../terminal/paint.ts';
import { duration, offset } from '../terminal/units.ts';
import { cut, padEnd, padStart, widthOf, wrap } from '../terminal/width.ts';
import type { Change, Detail, Entry, Mood } from './entry.ts';
import { type Layout, layoutFor } from './layout.ts';

export interface Look {
  readonly paint: Paint;
  /** Width of a line. */
  readonly columns: number;
}

/** Width of the name of a detail. */
const labelWidth = 8;

/** Columns of a detail on the narrowest of screens. */
const leastDetail = 16;

/** From this width on, a verdict is cut rather than left at its first word. */
const fullVerdict = 18;

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
  const layout = layoutFor(columns);
  const titles = row(['time', '#', 'operation', 'what', 'verdict', 'took'], layout);
  return paint('quiet', titles.filter(isShown).join(layout.gap).trimEnd());
}

/** An entry as lines of text. */
export function formatEntry(entry: Entry, look: Look): string[] {
  const { paint, columns } = look;
  const layout = layoutFor(columns);
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
    layout,
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
    painted(cells, tones, { paint, gap: layout.gap }),
    ...(inline ? [] : changeLines(changes, look)),
    ...details.flatMap((detail) => detailLines(detail, mood, look)),
  ];
}

/** What stands in the column of verdicts; how the run ended stands there too. */
function verdictOf({ verdict, kind, mood }: Entry): string {
  if (verdict !== undefined) return verdict;
  return kind.startsWith('run.') && mood !== 'note' ? kind.slice('run.'.length) : '';
}

function changeLines(changes: readonly Change[], { paint, columns }: Look): string[] {
  const { indent } = layoutFor(columns);
  const start = ' '.repeat(indent);
  const lines = changes
    .slice(0, listedChanges)
    .map(({ sign, path }) => start + paint(changeTones[sign], cut(`${sign} ${path}`, columns - indent)));
  const more = changes.length - listedChanges;
  return more > 0 ? [...lines, `${start}${paint('quiet', `and ${more} more`)}`] : lines;
}

function detailLines({ label, text }: Detail, mood: Mood, { paint, columns }: Look): string[] {
  const { indent } = layoutFor(columns);
  const name = label === undefined ? '' : padEnd(label, labelWidth);
  const width = Math.max(leastDetail, columns - indent - name.length);
  return wrap(text, width).map((line, index) => {
    const start = index === 0 ? paint('quiet', name) : ' '.repeat(name.length);
    return ' '.repeat(indent) + start + paint(mood === 'failed' ? 'bad' : 'plain', line);
  });
}

type Cells = readonly [
  at: string,
  operation: string,
  kind: string,
  what: string,
  verdict: string,
  took: string,
];

function row([at, operation, kind, what, verdict, took]: Cells, layout: Layout): string[] {
  const room = verdict === '' && took === '' ? layout.whatAlone : layout.what;
  return [
    padStart(at, layout.at),
    layout.operation === 0 ? '' : padStart(operation, layout.operation),
    padEnd(cut(kind, layout.kind), layout.kind),
    padEnd(cut(what, room), layout.what),
    padEnd(shortVerdict(verdict, layout.verdict), layout.verdict),
    layout.took === 0 ? '' : padStart(took, layout.took),
  ];
}

/** `approved by cli` is `approved` where there is no room for more. */
function shortVerdict(verdict: string, width: number): string {
  if (widthOf(verdict) <= width || width >= fullVerdict) return cut(verdict, width);
  return cut(verdict.split(' ', 1)[0] ?? '', width);
}

/** A column that is left out has cells without even blanks. */
const isShown = (cell: string) => cell !== '';

/** One line, without blanks at its end. */
function painted(
  cells: readonly string[],
  tones: readonly Tone[],
  { paint, gap }: { paint: Paint; gap: string },
): string {
  const last = cells.findLastIndex((cell) => cell.trim() !== '');
  return cells
    .map((cell, index) => ({ cell: index === last ? cell.trimEnd() : cell, tone: tones[index] ?? 'plain' }))
    .slice(0, last + 1)
    .filter(({ cell }) => isShown(cell))
    .map(({ cell, tone }) => paint(tone, cell))
    .join(gap);
}
