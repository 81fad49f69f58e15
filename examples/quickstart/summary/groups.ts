import type { Column } from '../csv/columns.ts';
import type { Row } from '../csv/table.ts';
import { aggregate, type Measure, valuesOf } from './measure.ts';
import { meanOf, total } from './statistics.ts';

/** Rows that have a value of a column in common. */
export interface Group {
  readonly name: string;
  readonly rows: number;
  readonly value: number;
}

/** Rows by the values of one column; the largest first. */
export interface Grouping {
  readonly column: string;
  readonly groups: readonly Group[];
}

/** More groups than this are not a picture any more. */
const most = 12;

/** Groups by the category that explains most of the differences in the measure. */
export function groupingOf(
  columns: readonly Column[],
  rows: readonly Row[],
  measure: Measure,
): Grouping | undefined {
  const candidates = columns.filter(
    ({ kind, distinct, filled }) => kind === 'category' && distinct >= 2 && distinct <= most && filled > 0.5,
  );
  const best = candidates.length > 1 ? mostTelling(candidates, rows, measure) : candidates[0];
  if (!best) return undefined;
  const groups = [...rowsBy(best, rows)].map(([name, members]) => ({
    name,
    rows: members.length,
    value: aggregate(measure, members),
  }));
  return { column: best.name, groups: groups.sort((one, other) => other.value - one.value) };
}

function mostTelling(candidates: readonly Column[], rows: readonly Row[], measure: Measure) {
  return candidates
    .map((column) => ({ column, explained: explainedBy(column, rows, measure) }))
    .reduce((best, other) => (other.explained > best.explained ? other : best)).column;
}

/** Share of the variance that lies between the groups, less what as many random groups would explain. */
function explainedBy(column: Column, rows: readonly Row[], measure: Measure): number {
  const groups = [...rowsBy(column, rows).values()].map((members) => valuesOf(measure, members));
  const all = groups.flat();
  if (all.length <= groups.length) return 0;
  const mean = meanOf(all);
  const spread = total(all.map((value) => (value - mean) ** 2));
  const between = total(
    groups.map((values) => (values.length === 0 ? 0 : values.length * (meanOf(values) - mean) ** 2)),
  );
  const chance = (groups.length - 1) / (all.length - 1);
  const explained = spread > 0 && Number.isFinite(spread) ? between / spread : 0;
  return (explained - chance) / (1 - chance);
}

function rowsBy({ index }: Column, rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  // A category has few spellings: each becomes a name once.
  const bySpelling = new Map<string, Row[]>();
  for (const row of rows) {
    const spelling = row.cells[index] ?? '';
    const group = bySpelling.get(spelling);
    if (group) group.push(row);
    else bySpelling.set(spelling, [row]);
  }
  for (const [spelling, members] of bySpelling) {
    const name = spelling.replace(/\s+/g, ' ') || '(none)';
    groups.set(name, [...(groups.get(name) ?? []), ...members]);
  }
  return groups;
}
