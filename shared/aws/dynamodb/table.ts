/** A secondary index: an item is in it as long as it has its partition key. */
export interface IndexSchema {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Attributes besides the keys that it holds a copy of; most hold none. */
  readonly include?: readonly string[];
}

/** A table as its creators need it. Every key is a string. */
export interface TableSchema {
  /** What its name ends in, after the prefix and a hyphen. */
  readonly suffix: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  readonly indexes: readonly IndexSchema[];
  /** The attribute that says when an item may be forgotten, in seconds since the epoch; without one, none ever is. */
  readonly timeToLive?: string;
}

const byOrder = (name: string, partitionKey: string): IndexSchema => ({
  name,
  partitionKey,
  sortKey: 'order',
});

/** Names of the indexes of {@link logTable}. */
export const indexes = {
  tenant: byOrder('by-tenant', 'byTenant'),
  agent: byOrder('by-agent', 'byAgent'),
  status: byOrder('by-status', 'byStatus'),
  session: byOrder('by-session', 'bySession'),
  owner: byOrder('by-owner', 'byOwner'),
  open: byOrder('open', 'byOpen'),
  all: byOrder('all', 'byAll'),
  due: { name: 'due', partitionKey: 'byDue', sortKey: 'dueOrder', include: ['status'] },
  ended: { name: 'ended', partitionKey: 'byEnded', sortKey: 'endedOrder', include: ['checkAt'] },
} as const satisfies Record<string, IndexSchema>;

/** Logs and all that is committed with them. Nothing in it is ever forgotten by itself. */
export const logTable: TableSchema = {
  suffix: 'log',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: Object.values(indexes),
};

/** Idempotency keys by the run they stand for. */
export const resourceIndex: IndexSchema = { name: 'by-resource', partitionKey: 'byResource' };

/** Task tokens and idempotency keys: a table of their own, so that no setting can make a log forget. */
export const passingTable: TableSchema = {
  suffix: 'passing',
  partitionKey: 'pk',
  indexes: [resourceIndex],
  timeToLive: 'expires',
};

/** Every table of a stage; `docs/design/dynamodb.md` explains the keys. */
export const tables: readonly TableSchema[] = [logTable, passingTable];

/** The name of a table: `tandem-dev-log` of the prefix `tandem-dev`. */
export function tableName(prefix: string, { suffix }: Pick<TableSchema, 'suffix'>): string {
  return `${prefix}-${suffix}`;
}
