import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { TandemError } from '../errors/tandem-error.ts';
import { storeError } from './store-error.ts';

export interface GroupCommitOptions {
  /**
   * Told when a piece of `later` work has failed for good. Memory and disk then disagree, which only a restart puts
   * right: the default throws, and the process ends.
   */
  readonly onLost?: (error: unknown) => void;
  /** Told how many writes a transaction holds that is on the disk now, and how many milliseconds it took. */
  readonly onCommit?: (writes: number, ms: number) => void;
}

/** One piece of work on its way into a transaction. */
interface Item {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
  /** Nobody awaits it: after a failed commit it is tried again with the next one. */
  readonly keep: boolean;
  value?: unknown;
  failure?: { readonly error: unknown };
}

const retryMs = 1_000;

/** How long what nobody awaits may wait for company. */
const ridesMs = 5;
const nothing = (): void => {};

/**
 * Gathers work into transactions, so that many callers share one sync of the disk: what arrives while the event loop
 * handles I/O is committed together right after it (`setImmediate`). Work is synchronous and in the order of its
 * arrival; what one throws is undone and rejects that caller alone; a commit that fails rejects the whole group.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #onLost: (error: unknown) => void;
  readonly #onCommit: GroupCommitOptions['onCommit'];
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  #gathered: Item[] = [];
  #scheduled: NodeJS.Immediate | undefined;
  #riding: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(database: DatabaseSync, options: GroupCommitOptions = {}) {
    this.#database = database;
    this.#file = database.location() ?? 'the database';
    this.#onLost = options.onLost ?? throwUncaught;
    this.#onCommit = options.onCommit;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#savepoint = database.prepare('SAVEPOINT item');
    this.#release = database.prepare('RELEASE item');
  }

  /** Does `work` in the next transaction; resolves with its result once that is on the disk. */
  run<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) =>
      this.#gather({ work, resolve, reject, keep: false }, 'drives'),
    );
  }

  /**
   * Does `work` in the next transaction without anyone awaiting it: it rides with what somebody awaits, and is committed
   * by itself only when nothing comes along for some milliseconds. What is awaited later is committed after it.
   */
  later(work: () => void): void {
    this.#gather({ work, resolve: nothing, reject: this.#onLost, keep: true }, 'rides');
  }

  /** Resolves when everything gathered so far is on the disk. */
  async flush(): Promise<void> {
    if (this.#gathered.length > 0) await this.run(nothing);
  }

  /** As {@link flush}, without hurrying: resolves with the commit that comes anyway. */
  flushed(): Promise<void> {
    if (this.#gathered.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) =>
      this.#gather(
        { work: nothing, resolve: resolve as (value: never) => void, reject, keep: false },
        'rides',
      ),
    );
  }

  /** Commits what is gathered, at once, and takes no more; the database stays open. */
  close(): void {
    if (this.#closed) return;
    this.#commitGroup();
    this.#closed = true;
    clearTimeout(this.#retry);
    for (const item of this.#gathered) item.reject(this.#stopping());
    this.#gathered = [];
  }

  #gather(item: Item, pace: 'drives' | 'rides'): void {
    if (this.#closed) {
      item.reject(this.#stopping());
      return;
    }
    this.#gathered.push(item);
    if (pace === 'drives') this.#scheduled ??= setImmediate(() => this.#commitGroup());
    else this.#riding ??= setTimeout(() => this.#commitGroup(), ridesMs);
  }

  #commitGroup(): void {
    clearImmediate(this.#scheduled);
    clearTimeout(this.#riding);
    this.#scheduled = undefined;
    this.#riding = undefined;
    const group = this.#gathered;
    if (group.length === 0) return;
    this.#gathered = [];
    const began = this.#onCommit && performance.now();
    try {
      this.#begin.run();
      if (group.length === 1) this.#doAlone(group[0] as Item);
      else for (const item of group) this.#doInGroup(item);
      if (this.#database.isTransaction) this.#commit.run();
    } catch (error) {
      this.#failGroup(group, storeError(error, this.#file));
      return;
    }
    if (began !== undefined) this.#onCommit?.(group.length, performance.now() - began);
    for (const item of group) settle(item);
  }

  #doAlone(item: Item): void {
    try {
      item.value = item.work();
    } catch (error) {
      this.#keepTransaction(error);
      item.failure = { error: storeError(error, this.#file) };
      this.#database.exec('ROLLBACK');
    }
  }

  #doInGroup(item: Item): void {
    this.#savepoint.run();
    try {
      item.value = item.work();
    } catch (error) {
      this.#keepTransaction(error);
      item.failure = { error: storeError(error, this.#file) };
      this.#database.exec('ROLLBACK TO item');
    }
    this.#release.run();
  }

  /** A full disk, among others, makes SQLite undo the whole transaction: then the failure is everybody's. */
  #keepTransaction(error: unknown): void {
    if (!this.#database.isTransaction) throw error;
  }

  #failGroup(group: readonly Item[], error: unknown): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    const kept = group.filter((item) => item.keep && item.failure === undefined);
    this.#gathered = [...kept, ...this.#gathered];
    if (kept.length > 0 && !this.#closed) this.#retryLater();
    for (const item of group) if (!kept.includes(item)) item.reject(item.keep ? item.failure?.error : error);
  }

  #retryLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#commitGroup(), retryMs).unref();
  }

  #stopping(): TandemError {
    return new TandemError('server.stopping', { message: 'The data folder is being closed.' });
  }
}

function settle(item: Item): void {
  if (item.failure !== undefined) item.reject(item.failure.error);
  else item.resolve(item.value as never);
}

function throwUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
