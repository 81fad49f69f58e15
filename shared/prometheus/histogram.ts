import { type Family, labelsOf, type Sample } from './family.ts';

export interface HistogramOptions {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** Upper bounds of the buckets, rising. */
  readonly bounds: readonly number[];
}

interface Series {
  /** By bucket; the last one has no bound. */
  readonly counts: Float64Array;
  sum: number;
}

/** How values are spread over buckets, by the values of its labels. */
export class Histogram implements Family {
  readonly type = 'histogram';
  readonly name: string;
  readonly help: string;
  readonly #labels: readonly string[];
  readonly #bounds: readonly number[];
  readonly #series = new Map<string, Series>();

  constructor({ name, help, labels = [], bounds }: HistogramOptions) {
    this.name = name;
    this.help = help;
    this.#labels = labels;
    this.#bounds = bounds;
    if (labels.length === 0) this.#seriesOf('');
  }

  /** `key`: the values of the labels, joined by the separator. */
  observe(value: number, key = ''): void {
    const series = this.#series.get(key) ?? this.#seriesOf(key);
    let bucket = 0;
    while (value > (this.#bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += value;
  }

  samples(): Sample[] {
    return [...this.#series].flatMap(([key, series]) => this.#samplesOf(labelsOf(this.#labels, key), series));
  }

  #seriesOf(key: string): Series {
    const series = { counts: new Float64Array(this.#bounds.length + 1), sum: 0 };
    this.#series.set(key, series);
    return series;
  }

  #samplesOf(labels: Record<string, string>, { counts, sum }: Series): Sample[] {
    let count = 0;
    const buckets = [...counts].map((inBucket, index) => {
      count += inBucket;
      const le = this.#bounds[index] ?? '+Inf';
      return { labels: { le, ...labels }, value: count, metricName: `${this.name}_bucket` };
    });
    return [
      ...buckets,
      { labels, value: sum, metricName: `${this.name}_sum` },
      { labels, value: count, metricName: `${this.name}_count` },
    ];
  }
}
