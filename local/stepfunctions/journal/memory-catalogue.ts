import type { Catalogue, CatalogueKind, CatalogueRows } from './catalogue.ts';

/** A catalogue that lives as long as the object. */
export class MemoryCatalogue implements Catalogue {
  readonly #kinds = new Map<CatalogueKind, Map<string, unknown>>();

  keep<Kind extends CatalogueKind>(kind: Kind, key: string, row: CatalogueRows[Kind]): void {
    const rows = this.#kinds.get(kind) ?? new Map<string, unknown>();
    this.#kinds.set(kind, rows.set(key, row));
  }

  drop(kind: CatalogueKind, key: string): void {
    this.#kinds.get(kind)?.delete(key);
  }

  all<Kind extends CatalogueKind>(kind: Kind): readonly CatalogueRows[Kind][] {
    const rows = [...(this.#kinds.get(kind) ?? [])];
    rows.sort(([one], [other]) => (one < other ? -1 : 1));
    return rows.map(([, row]) => row as CatalogueRows[Kind]);
  }
}
