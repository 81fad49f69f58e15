/** One line of a family: what distinguishes it, and its value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Where it differs from the name of the family. */
  readonly metricName?: string;
}

/** Metrics of one name, as Prometheus knows them. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  samples(): readonly Sample[] | Promise<readonly Sample[]>;
}

/** Separates the values of labels where they are a key together. */
export const separator = '\u0000';

/** Takes a key of label values apart. */
export function labelsOf(names: readonly string[], key: string): Record<string, string> {
  const values = key.split(separator);
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
