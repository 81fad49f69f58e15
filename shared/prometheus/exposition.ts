import type { Family } from './family.ts';

/** The text that Prometheus reads, and its content type. */
export interface Exposition {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Families as Prometheus reads them, and with them what is known of this process. The library that writes them is
 * loaded here, by whoever is asked first: what nobody reads costs neither time at the start nor memory.
 */
export async function openExposition(families: readonly Family[]): Promise<Exposition> {
  const { default: prometheus } = await import('prom-client');
  const registry = new prometheus.Registry();
  for (const family of families) registry.registerMetric(metricOf(family) as never);
  prometheus.collectDefaultMetrics({ register: registry });
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

/** A metric as the library's registry asks for it. */
function metricOf(family: Family) {
  const { name, help, type } = family;
  const get = async () => ({ name, help, type, values: await family.samples(), aggregator: 'sum' });
  return { name, get };
}
