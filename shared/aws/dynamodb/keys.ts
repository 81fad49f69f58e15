/**
 * Keys are parts, joined by `#`. In a part, `#` and `%` are written as in a URL: whatever ids say, no two lists of parts
 * make the same key.
 */
export function joined(...parts: readonly string[]): string {
  return parts.map(escaped).join('#');
}

/** The parts of a key that {@link joined} has made. */
export function parted(key: string): readonly string[] {
  return key.split('#').map((part) => part.replaceAll('%23', '#').replaceAll('%25', '%'));
}

/** As {@link joined}, the last part as it is, so that keys sort as it does. */
export function sorted(...parts: readonly string[]): string {
  return [...parts.slice(0, -1).map(escaped), parts.at(-1) ?? ''].join('#');
}

/** Sorts right after every key that begins with these parts and another one. */
export function pastAll(...parts: readonly string[]): string {
  return `${joined(...parts)}$`;
}

const escaped = (part: string): string => part.replaceAll('%', '%25').replaceAll('#', '%23');

/** Places in a log: texts that sort as their numbers do. */
export const place = (seq: number): string => String(seq).padStart(10, '0');

/** Partitions of the table of logs. */
export const partitions = {
  run: (tenant: string, run: string) => joined('run', tenant, run),
  approval: (tenant: string, approval: string) => joined('approval', tenant, approval),
  webhook: (tenant: string, webhook: string) => joined('webhook', tenant, webhook),
  audit: (tenant: string) => joined('audit', tenant),
  records: (tenant: string) => joined('records', tenant),
  /** Records of one kind of all tenants: the few that are looked through. */
  everywhere: (kind: string) => joined('everywhere', kind),
  apiKey: (key: string) => joined('key', key),
  versions: (tenant: string) => joined('versions', tenant),
  unnamed: (tenant: string) => joined('unnamed', tenant),
} as const;

/** Sort keys in the partition of a run, and of an audit log. */
export const places = {
  head: 'head',
  run: 'run',
  snapshot: 'snapshot',
  event: (last: number) => `event#${place(last)}`,
  piece: (last: number, number: number) => `event#${place(last)}#${String(number).padStart(3, '0')}`,
  artifact: (digest: string) => `artifact#${digest}`,
} as const;
