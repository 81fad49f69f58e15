let limit = Number.POSITIVE_INFINITY;

/** From now on, as suites are declared, no more than so many scenarios or suites of one run side by side. */
export function limitSideBySide(most: number): void {
  limit = most;
}

/** How many run side by side where so many could. */
export const atOnce = (wanted: number): number => Math.min(wanted, limit);

/** How many runs make a crowd: as many as are wanted, or six for each that can start at once. */
export const crowd = (wanted: number): number => Math.min(wanted, 6 * limit);

/** How long something takes, in milliseconds, that is to be cut in the middle: where few run at once, all takes longer. */
export const lasting = (ms: number): number => (limit === Number.POSITIVE_INFINITY ? ms : 10 * ms);
