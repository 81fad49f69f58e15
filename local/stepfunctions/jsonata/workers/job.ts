import type { Seeds } from '../dialect/draws.ts';

/** An evaluation as it is handed to another thread. */
export interface Job {
  readonly source: string;
  /** Values by name, as JSON text: nothing but data crosses over. */
  readonly values: string;
  readonly now: number;
  readonly seeds: Seeds;
}
