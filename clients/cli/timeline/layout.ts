/** Widths of the columns of a timeline; a column of 0 is left out. */
export interface Layout {
  readonly at: number;
  readonly operation: number;
  readonly kind: number;
  readonly what: number;
  /** What happened, where neither verdict nor duration follow. */
  readonly whatAlone: number;
  readonly verdict: number;
  readonly took: number;
  /** Between two columns. */
  readonly gap: string;
  /** Where changes and details begin. */
  readonly indent: number;
}

type Shape = Omit<Layout, 'what' | 'whatAlone'>;

const wide: Shape = { at: 9, operation: 4, kind: 16, verdict: 18, took: 9, gap: '  ', indent: 35 };

const narrow: Shape = { at: 8, operation: 3, kind: 16, verdict: 18, took: 8, gap: ' ', indent: 30 };

/** Who decided is left out here: the verdict is one word. */
const slim: Shape = { at: 8, operation: 0, kind: 16, verdict: 11, took: 0, gap: ' ', indent: 9 };

/** The least columns of a screen that a shape is for. */
const shapes: readonly (readonly [number, Shape])[] = [
  [96, wide],
  [76, narrow],
];

/** Less than this says nothing, however narrow the screen. */
const leastWhat = 8;

/** What a screen of so many columns has room for; what happened takes what the others leave. */
export function layoutFor(columns: number): Layout {
  const [, shape] = shapes.find(([least]) => columns >= least) ?? [0, slim];
  const { at, operation, kind, verdict, took, gap } = shape;
  const others = [at, operation, kind, verdict, took].filter((width) => width > 0);
  const taken = others.reduce((sum, width) => sum + width + gap.length, 0);
  const what = Math.max(leastWhat, columns - taken);
  const after = [verdict, took].filter((width) => width > 0);
  return { ...shape, what, whatAlone: after.reduce((sum, width) => sum + gap.length + width, what) };
}
