import type { ProjectionChange } from '../domain/projections.ts';
import type { ProjectionWriter } from './projection-writer.ts';
import type { SqliteStore } from './store.ts';

const chunkRows = 1_000;

/**
 * Replaces every projection by what the changes say. They are gathered on the disk, a chunk at a time, and put in place
 * in one transaction: a crash leaves the old rows. Whoever rebuilds sees to it that nobody appends meanwhile.
 */
export async function rebuild(
  { database, commits }: SqliteStore,
  writer: ProjectionWriter,
  changes: AsyncIterable<ProjectionChange>,
): Promise<void> {
  const gather = database.prepare('INSERT INTO rebuilt (change) VALUES (?)');
  const gathered = database.prepare('SELECT change FROM rebuilt ORDER BY number');
  const store = (chunk: readonly ProjectionChange[]) =>
    commits.run(() => {
      for (const change of chunk) gather.run(JSON.stringify(change));
    });

  await commits.run(() => database.exec('DELETE FROM rebuilt'));
  let chunk: ProjectionChange[] = [];
  for await (const change of changes) {
    chunk.push(change);
    if (chunk.length < chunkRows) continue;
    await store(chunk);
    chunk = [];
  }
  await store(chunk);
  await commits.run(() => {
    database.exec('DELETE FROM runs; DELETE FROM approvals; DELETE FROM artifacts; DELETE FROM due');
    for (const row of gathered.iterate()) writer.put(JSON.parse(row['change'] as string));
    database.exec('DELETE FROM rebuilt');
  });
}
