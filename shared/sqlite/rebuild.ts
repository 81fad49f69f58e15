import type { SqliteStore } from './store.ts';

const chunkRows = 1_000;

/** What is filled again: inside one transaction it is emptied, and then given the changes in their order. */
interface Rebuilt<T> {
  empty(): void;
  put(change: T): void;
}

/**
 * Replaces rows by what the changes say. They are gathered on the disk, a chunk at a time, and put in place
 * in one transaction: a crash leaves the old rows. Whoever rebuilds sees to it that nobody appends meanwhile.
 */
export async function rebuild<T>(
  { database, commits }: SqliteStore,
  rebuilt: Rebuilt<T>,
  changes: AsyncIterable<T>,
): Promise<void> {
  const gather = database.prepare('INSERT INTO rebuilt (change) VALUES (?)');
  const gathered = database.prepare('SELECT change FROM rebuilt ORDER BY number');
  const store = (chunk: readonly T[]) =>
    commits.run(() => {
      for (const change of chunk) gather.run(JSON.stringify(change));
    });

  await commits.run(() => database.exec('DELETE FROM rebuilt'));
  let chunk: T[] = [];
  for await (const change of changes) {
    chunk.push(change);
    if (chunk.length < chunkRows) continue;
    await store(chunk);
    chunk = [];
  }
  await store(chunk);
  await commits.run(() => {
    rebuilt.empty();
    for (const row of gathered.iterate()) rebuilt.put(JSON.parse(row['change'] as string));
    database.exec('DELETE FROM rebuilt');
  });
}
