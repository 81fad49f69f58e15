import { type Statement, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const chunkRows = 1_000;

const forget = statement('rebuilt.forget', 'DELETE FROM rebuilt');
const gather = statement(
  'rebuilt.gather',
  'INSERT INTO rebuilt (change) SELECT change FROM unnest($1::text[]) WITH ORDINALITY AS one (change, position) ORDER BY position',
);
const gathered = statement(
  'rebuilt.gathered',
  `SELECT number, change FROM rebuilt WHERE number > $1 ORDER BY number LIMIT ${chunkRows}`,
);

/** What is filled again. */
interface Rebuilt<T> {
  readonly empty: readonly Statement[];
  /** Puts changes, as `text` gives them. */
  readonly put: Statement;
  readonly text: (changes: readonly T[]) => string | null;
}

/**
 * Replaces rows by what the changes say. They are gathered in the database, a chunk at a time, and put in place in one
 * transaction: a crash leaves the old rows. Whoever rebuilds sees to it that nobody appends or rebuilds meanwhile.
 */
export async function rebuild<T>(
  store: PostgresStore,
  changes: AsyncIterable<T>,
  { empty, put, text }: Rebuilt<T>,
): Promise<void> {
  const keep = (chunk: readonly T[]) => store.query(gather, [chunk.map((change) => JSON.stringify(change))]);

  await store.forLong((query) => query(forget));
  let chunk: T[] = [];
  for await (const change of changes) {
    chunk.push(change);
    if (chunk.length < chunkRows) continue;
    await keep(chunk);
    chunk = [];
  }
  await keep(chunk);
  await store.longTransaction(async (query) => {
    for (const one of empty) await query(one);
    for (let last = '0'; ; ) {
      const rows = await query(gathered, [last]);
      const end = rows.at(-1);
      if (!end) break;
      await query(put, [text(rows.map((row) => JSON.parse(row['change'] as string)))]);
      last = end['number'] as string;
    }
    await query(forget);
  });
}
