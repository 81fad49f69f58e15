import type { Journal } from './journal.ts';

/** A journal that lives as long as the object: for tests and simulation. */
export function createMemoryJournal(): Journal {
  throw new Error('being built');
}
