import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import type { Head } from '../domain/events.ts';

/**
 * Where the logs end that this connection has written last, so that a reader who is up to date is told so without a
 * query: most reads are of this kind. Holds only while no other connection has committed, which SQLite tells.
 */
export class KnownHeads {
  readonly #version: StatementSync;
  readonly #heads = new LRUCache<string, number>({ max: 10_000 });
  #seen: unknown;
  #epoch = 0;
  #asked = false;

  constructor(database: DatabaseSync) {
    this.#version = database.prepare('PRAGMA data_version');
  }

  /** Whether the log is known to end at `seq`. */
  endsAt(tenant: string, run: string, seq: number): boolean {
    return this.#heads.get(keyOf(tenant, run)) === seq && this.#areAlone();
  }

  /** Whether nobody else has committed. Asked once in a turn of the event loop: the answer costs as much as a query. */
  #areAlone(): boolean {
    if (this.#asked) return true;
    const version = this.#version.get()?.['data_version'];
    if (version !== this.#seen) {
      this.#seen = version;
      this.#heads.clear();
      this.#epoch += 1;
      return false;
    }
    this.#asked = true;
    setImmediate(() => {
      this.#asked = false;
    });
    return true;
  }

  /** To be told before an append; what it returns is for {@link KnownHeads.set}. */
  forget(tenant: string, run: string): number {
    this.#heads.delete(keyOf(tenant, run));
    return this.#epoch;
  }

  /** To be told once that append is on the disk; of no effect if somebody else has been seen to commit meanwhile. */
  set(tenant: string, { run, seq }: Pick<Head, 'run' | 'seq'>, epoch: number): void {
    this.#asked = false;
    if (epoch === this.#epoch) this.#heads.set(keyOf(tenant, run), seq);
  }
}

const keyOf = (tenant: string, run: string): string => `${run} ${tenant}`;
