import type { Journal } from './journal.ts';

/** Opens the journal in its own SQLite file, or creates it. */
export function openSqliteJournal(_file: string): Journal {
  throw new Error('being built');
}
