import { UsageError } from '../usage-error.ts';

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/**
 * A moment as somebody types it: so long ago (`30m`, `2h`, `7d`), a day in local time (`2026-11-28`), or a time on it
 * (`2026-11-28T09:30`, with `Z` or an offset where it is not local).
 */
export function moment(option: string, typed: string, now: number): string {
  const ago = /^(\d{1,6})([smhdw])$/.exec(typed);
  if (ago) return new Date(now - Number(ago[1]) * units[ago[2] as keyof typeof units]).toISOString();
  const day = /^\d{4}-\d\d-\d\d$/.test(typed);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.test(typed);
  // A day alone would be taken for one in UTC.
  const at = day || time ? Date.parse(day ? `${typed}T00:00` : typed) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(
      `${option} takes a time such as 2h, 7d, 2026-11-28 or 2026-11-28T09:30, not \`${typed}\``,
    );
  }
  return new Date(at).toISOString();
}
