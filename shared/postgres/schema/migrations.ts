import { appendFunctions } from './append-functions.ts';
import { disposalFunctions } from './disposal-functions.ts';
import { liveTables } from './live-tables.ts';
import { putFunctions } from './put-functions.ts';
import { tables } from './tables.ts';

export interface Migration {
  /** One script, in one transaction. Released scripts are never changed. */
  readonly script: string;
  /**
   * The lowest schema version that code must know to work with the schema this leads to. While functions are replaced,
   * and after a rollback, the code before works on the schema after: so a script only adds, and this stays as it was,
   * unless that cannot be.
   */
  readonly least: number;
}

/** In the order they were ever released; the one at index `i` leads to version `i + 1`. */
export const migrations: readonly Migration[] = [
  { script: [tables, liveTables, putFunctions, appendFunctions, disposalFunctions].join('\n'), least: 1 },
];
