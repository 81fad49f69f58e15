const pattern =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):([0-5]\d))$/;

/** Hours that a zone may be away from UTC. */
const maxOffset = 18;

/** Milliseconds since the epoch, or `undefined` when the text is no RFC 3339 time with an offset. */
export function parseTimestamp(text: string): number | undefined {
  const nanoseconds = parseInstant(text);
  return nanoseconds === undefined ? undefined : Number(nanoseconds / 1_000_000n);
}

/** Nanoseconds since the epoch, or `undefined` when the text is no RFC 3339 time with an offset. */
export function parseInstant(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHours = 0, zoneMinutes = 0] =
    match;
  const at = new Date(0);
  // Unlike `Date.UTC`, this takes the years 0 to 99 as they are.
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (at.getUTCMonth() !== Number(month) - 1 || at.getUTCDate() !== Number(day)) return undefined;
  const offset = Number(zoneHours) * 60 + Number(zoneMinutes);
  if (offset > maxOffset * 60) return undefined;
  at.setUTCHours(Number(hour), Number(minute) - (sign === '-' ? -offset : offset), Number(second));
  return BigInt(at.getTime()) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}
