let limit = Number.POSITIVE_INFINITY;
let factor = 1;

/** From now on, as suites are declared, no more than so many scenarios or suites of one run side by side. */
export function limitSideBySide(most: number): void {
  limit = most;
}

/** How many run side by side where so many could. */
export const atOnce = (wanted: number): number => Math.min(wanted, limit);

/** How many runs make a crowd: as many as are wanted, or six for each that can start at once. */
export const crowd = (wanted: number): number => Math.min(wanted, 6 * limit);

/** From now on, what an outage is to cut in the middle takes so many times as long: as a deployment takes its time to fail. */
export function prolong(times: number): void {
  factor = times;
}

/** How long something takes, in milliseconds, that an outage is to cut in the middle. */
export const lasting = (ms: number): number => factor * ms;
