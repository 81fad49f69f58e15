/** An axis: values to places. */
export interface Scale {
  /** Round values, lowest first; the first and the last are the ends of the axis. */
  readonly ticks: readonly number[];
  /** Share of the way from the low end to the high end, 0 to 1. */
  place(value: number): number;
}

/** An axis from round number to round number that holds all values and zero. */
export function scaleOf(values: readonly number[], wanted = 5): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  // Divided first: the span of two huge numbers may not be one.
  const step = roundStep(high / wanted - low / wanted || 1 / wanted);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { ticks, place: (value) => (value / step - first) / (last - first) };
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * 0.999) ?? 10;
  return factor * power;
}
