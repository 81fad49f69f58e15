import { LRUCache } from 'lru-cache';
import type { Head } from '../domain/events.ts';
import type { OtherWriters } from './other-writers.ts';

/**
 * Where the logs end that this connection has written last, so that a reader who is up to date is told so without a
 * query: most reads are of this kind.
 */
export class KnownHeads {
  readonly #others: OtherWriters;
  readonly #heads = new LRUCache<string, { readonly seq: number; readonly epoch: number }>({ max: 10_000 });

  constructor(others: OtherWriters) {
    this.#others = others;
  }

  /** Whether the log is known to end at `seq`. */
  endsAt(tenant: string, run: string, seq: number): boolean {
    const known = this.#heads.get(keyOf(tenant, run));
    return known?.seq === seq && known.epoch === this.#others.epoch;
  }

  /** To be told before an append; what it returns is for {@link KnownHeads.set}. */
  forget(tenant: string, run: string): number {
    this.#heads.delete(keyOf(tenant, run));
    return this.#others.epoch;
  }

  /** To be told once that append is on the disk. */
  set(tenant: string, { run, seq }: Pick<Head, 'run' | 'seq'>, epoch: number): void {
    this.#others.askAgain();
    this.#heads.set(keyOf(tenant, run), { seq, epoch });
  }
}

const keyOf = (tenant: string, run: string): string => `${run} ${tenant}`;
