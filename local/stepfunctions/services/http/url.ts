import type { Json, JsonObject } from '../../../../shared/domain/json.ts';

/** The name or address in a URL; one of IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host);

/** Adds parameters to the query; a list is one parameter many times. */
export function withQuery(url: URL, query: JsonObject): URL {
  const extended = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    const values: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
    for (const one of values) extended.searchParams.append(name, textOf(one));
  }
  return extended;
}

export const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
