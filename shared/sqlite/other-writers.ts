import type { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * Tells whether another connection has committed, so that what this one remembers of the database can be trusted. SQLite
 * is asked once in a turn of the event loop, as the answer costs as much as a query.
 */
export class OtherWriters {
  readonly #version: StatementSync;
  #seen: unknown;
  #epoch = 0;
  #asked = false;

  constructor(database: DatabaseSync) {
    this.#version = database.prepare('PRAGMA data_version');
  }

  /** The same number as before unless somebody else has committed meanwhile. */
  get epoch(): number {
    if (!this.#asked) this.#ask();
    return this.#epoch;
  }

  /** To be told after a commit of one's own: what was asked before it may no longer hold. */
  askAgain(): void {
    this.#asked = false;
  }

  #ask(): void {
    const version = this.#version.get()?.['data_version'];
    if (version !== this.#seen) this.#epoch += 1;
    this.#seen = version;
    this.#asked = true;
    setImmediate(() => {
      this.#asked = false;
    });
  }
}
