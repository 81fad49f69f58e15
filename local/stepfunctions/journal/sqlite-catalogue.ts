import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Catalogue, CatalogueKind, CatalogueRows } from './catalogue.ts';

/** The catalogue in the journal's own file: every row is a JSON text under its kind and key. */
export class SqliteCatalogue implements Catalogue {
  readonly #gather: (write: () => void) => void;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;
  readonly #select: StatementSync;

  /** `gather` does a piece of work in the next transaction. */
  constructor(database: DatabaseSync, gather: (write: () => void) => void) {
    this.#gather = gather;
    this.#upsert = database.prepare('INSERT OR REPLACE INTO catalogue VALUES (?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM catalogue WHERE kind = ? AND key = ?');
    this.#select = database.prepare('SELECT content FROM catalogue WHERE kind = ? ORDER BY key');
  }

  keep<Kind extends CatalogueKind>(kind: Kind, key: string, row: CatalogueRows[Kind]): void {
    const content = JSON.stringify(row);
    this.#gather(() => this.#upsert.run(kind, key, content));
  }

  drop(kind: CatalogueKind, key: string): void {
    this.#gather(() => this.#delete.run(kind, key));
  }

  all<Kind extends CatalogueKind>(kind: Kind): readonly CatalogueRows[Kind][] {
    const rows = this.#select.all(kind) as unknown as readonly { readonly content: string }[];
    return rows.map(({ content }) => JSON.parse(content) as CatalogueRows[Kind]);
  }
}
