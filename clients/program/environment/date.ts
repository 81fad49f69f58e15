/** `Date` as it is, but with the record's time for the current one. `now` in milliseconds since the epoch. */
export function recordedDate(real: DateConstructor, now: () => number): DateConstructor {
  function RecordedDate(...given: unknown[]) {
    if (!new.target) return new real(now()).toString();
    return Reflect.construct(real, given.length === 0 ? [now()] : given, new.target);
  }
  const { prototype, UTC, parse } = real;
  Object.defineProperty(RecordedDate, 'name', { value: 'Date' });
  Object.defineProperty(RecordedDate, 'length', { value: real.length });
  Object.defineProperty(RecordedDate, 'prototype', { value: prototype, writable: false });
  Object.assign(RecordedDate, { now, UTC, parse });
  return RecordedDate as unknown as DateConstructor;
}

/** Formats without a date mean the current one: give them the record's. */
export function recordFormats(format: typeof Intl.DateTimeFormat, now: () => number): void {
  const { prototype } = format;
  const bound = Object.getOwnPropertyDescriptor(prototype, 'format')?.get as () => (
    date?: Date | number,
  ) => string;
  const toParts = prototype.formatToParts;
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const real = bound.call(this);
      return (date?: Date | number) => real(date ?? now());
    },
  });
  Object.defineProperty(prototype, 'formatToParts', {
    configurable: true,
    writable: true,
    value(this: Intl.DateTimeFormat, date?: Date | number) {
      return toParts.call(this, date ?? now());
    },
  });
}
