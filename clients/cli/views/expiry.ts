import { UsageError } from '../usage-error.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `30d`, `12h` from now on, or a time, as ISO 8601 UTC. `now`: milliseconds since the epoch. */
export function expiryOf(typed: string, now: number): string {
  const [, amount, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(typed) ?? [];
  const at = amount === undefined ? Date.parse(typed) : now + Number(amount) * (units[unit] ?? 0);
  if (Number.isNaN(at)) throw new UsageError(`--expires takes 30d, 12h or a time, not \`${typed}\``);
  if (at <= now) throw new UsageError(`--expires takes a time that is still to come, not \`${typed}\``);
  return new Date(at).toISOString();
}
