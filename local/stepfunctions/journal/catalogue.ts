import type { JsonObject } from '../../../shared/domain/json.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

export interface MachineRow {
  readonly name: string;
  readonly type: MachineType;
  /** Milliseconds since the epoch, as everywhere here. */
  readonly createdAt: number;
  /** `DELETING`: what runs of it still ends, and nothing new is taken. */
  readonly status: 'ACTIVE' | 'DELETING';
  /** Greatest number that a version of it has ever had; 0 for none. */
  readonly lastVersion: number;
}

/** A revision that can be started for good, by its number. */
export interface VersionRow {
  readonly machine: string;
  readonly number: number;
  /** Id of the revision in the journal. */
  readonly revision: number;
  readonly description?: string | undefined;
  readonly publishedAt: number;
}

export interface Route {
  /** Number of a version. */
  readonly version: number;
  /** Percent of the executions; the weights of an alias give 100. */
  readonly weight: number;
}

/** A name for one or two versions. */
export interface AliasRow {
  readonly machine: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly routes: readonly Route[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ActivityRow {
  readonly name: string;
  readonly createdAt: number;
  /** As it was asked for. */
  readonly encryption?: JsonObject | undefined;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface TagsRow {
  /** `stateMachine:<name>` or `activity:<name>`. */
  readonly resource: string;
  readonly tags: readonly Tag[];
}

/** What the catalogue keeps, by kind. */
export interface CatalogueRows {
  readonly machine: MachineRow;
  readonly version: VersionRow;
  readonly alias: AliasRow;
  readonly activity: ActivityRow;
  readonly tags: TagsRow;
}

export type CatalogueKind = keyof CatalogueRows;

/**
 * State machines and what belongs to them, apart from their revisions. Writes go with those of the journal: what is
 * written in one turn becomes durable together, and `settled` says when.
 */
export interface Catalogue {
  /** Keeps a row in place of the one of its kind and key. */
  keep<Kind extends CatalogueKind>(kind: Kind, key: string, row: CatalogueRows[Kind]): void;
  drop(kind: CatalogueKind, key: string): void;
  /** Everything of a kind, in the order of the keys; reads see only what is settled. */
  all<Kind extends CatalogueKind>(kind: Kind): readonly CatalogueRows[Kind][];
}
