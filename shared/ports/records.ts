import type { RecordChange, RecordKind, RecordRows } from '../domain/audit/records.ts';

/** Records other than versions, which have a port of their own: {@link Agents}. */
export type PlainKind = Exclude<RecordKind, 'version'>;

export interface RecordPage {
  readonly after: string;
  readonly limit: number;
}

/** The records of one tenant. They are written only with the events of its audit log. */
export interface TenantRecords {
  get<K extends PlainKind>(kind: K, id: string): Promise<RecordRows[K] | undefined>;
  /** In the order of their ids: all, or so many of those after `after`. */
  list<K extends PlainKind>(kind: K, page?: RecordPage): Promise<readonly RecordRows[K][]>;
}

/** Strongly consistent reads: who is refused, suspended or revoked is so at once. */
export interface Records {
  forTenant(tenant: string): TenantRecords;
  /** Of whichever tenant it is: for kinds whose ids are unique altogether. */
  find<K extends 'tenant' | 'key'>(kind: K, id: string): Promise<RecordRows[K] | undefined>;
  /** Of all tenants, in the order of their ids, after `after`. */
  all<K extends 'tenant' | 'unsettled' | 'retention'>(
    kind: K,
    page: RecordPage,
  ): Promise<readonly RecordRows[K][]>;
  /**
   * Empties the records and fills them again, in the order of the changes: for `rebuild`. Versions of which no change
   * speaks stay: they were published before there was a log that could.
   */
  replaceAll(changes: AsyncIterable<RecordChange>): Promise<void>;
}
