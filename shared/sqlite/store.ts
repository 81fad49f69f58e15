import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './database.ts';
import { GroupCommit, type GroupCommitOptions } from './group-commit.ts';
import { logMigrations } from './log-schema.ts';
import { OtherWriters } from './other-writers.ts';
import { storeError } from './store-error.ts';

/** One connection to `log.db`, shared by the adapters of a process. */
export interface SqliteStore {
  readonly database: DatabaseSync;
  readonly commits: GroupCommit;
  readonly others: OtherWriters;
  /** What is remembered of records holds as long as this number does not change. */
  recordsEpoch(): number;
  /** To be told inside the transaction that changes records. */
  recordsChange(): void;
  /** Reads what is committed; failures of the database are told in the user's terms. */
  read<T>(query: () => T): Promise<T>;
  /** Commits what is gathered and closes the file. */
  close(): void;
}

/** Opens `log.db`, or creates it; see `openDatabase` for what it throws. */
export function openSqliteStore(file: string, options: GroupCommitOptions = {}): SqliteStore {
  const database = openDatabase(file, { migrations: logMigrations });
  const commits = new GroupCommit(database, options);
  const others = new OtherWriters(database);
  let recordWrites = 0;
  return {
    database,
    commits,
    others,
    recordsEpoch: () => recordWrites + others.epoch,
    recordsChange() {
      recordWrites += 1;
    },
    async read(query) {
      try {
        return query();
      } catch (error) {
        throw storeError(error, file);
      }
    },
    close() {
      commits.close();
      database.close();
    },
  };
}
