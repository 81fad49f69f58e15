/** How long something took or takes: `42 ms`, `1.4 s`, `3 m 05 s`, `2 h 10 m`, `4 d 6 h`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Since the start of a run: as {@link duration}, with hundredths in the first minute. */
export function offset(ms: number): string {
  return ms < 60_000 ? `${(ms / 1_000).toFixed(2)} s` : duration(ms);
}

const pad = (value: number) => String(value).padStart(2, '0');

const sizeUnits = ['kB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people say them, in powers of 1,000: `812 B`, `61 kB`, `4.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), sizeUnits.length);
  const value = bytes / 1_000 ** power;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${sizeUnits[power - 1]}`;
}

/** `1 event`, `2 events`. */
export function count(amount: number, singular: string, plural = `${singular}s`): string {
  return `${amount.toLocaleString('en')} ${amount === 1 ? singular : plural}`;
}
