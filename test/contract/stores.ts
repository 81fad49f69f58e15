import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { MemoryAgents } from '../../shared/memory/agents.ts';
import { MemoryAuditLog } from '../../shared/memory/audit-log.ts';
import { MemoryDisk } from '../../shared/memory/disk.ts';
import { MemoryDisposal } from '../../shared/memory/disposal.ts';
import { MemoryEventLog } from '../../shared/memory/event-log.ts';
import { MemoryOutbox } from '../../shared/memory/outbox.ts';
import { MemoryProjections } from '../../shared/memory/projections.ts';
import { MemoryQueue } from '../../shared/memory/queue.ts';
import { MemoryRecords } from '../../shared/memory/records.ts';
import { VirtualClock } from '../../shared/memory/virtual-clock.ts';
import { MemoryWaitTokens } from '../../shared/memory/wait-tokens.ts';
import type { Agents } from '../../shared/ports/agents.ts';
import type { AuditLog } from '../../shared/ports/audit-log.ts';
import type { Disposal } from '../../shared/ports/disposal.ts';
import type { EventLog } from '../../shared/ports/event-log.ts';
import type { Outbox } from '../../shared/ports/outbox.ts';
import type { Projections } from '../../shared/ports/projections.ts';
import type { Queue } from '../../shared/ports/queue.ts';
import type { Records } from '../../shared/ports/records.ts';
import type { WaitTokens } from '../../shared/ports/wait-tokens.ts';
import { SqliteAgents } from '../../shared/sqlite/agents.ts';
import { SqliteAuditLog } from '../../shared/sqlite/audit-log.ts';
import { SqliteDisposal } from '../../shared/sqlite/disposal.ts';
import { SqliteEventLog } from '../../shared/sqlite/event-log.ts';
import { SqliteOutbox } from '../../shared/sqlite/outbox.ts';
import { SqliteProjections } from '../../shared/sqlite/projections.ts';
import { SqliteQueue } from '../../shared/sqlite/queue.ts';
import { SqliteRecords } from '../../shared/sqlite/records.ts';
import { openSqliteStore } from '../../shared/sqlite/store.ts';
import { SqliteWaitTokens } from '../../shared/sqlite/wait-tokens.ts';

/** The stores of one process, fresh and empty for each test. */
export interface Stores {
  readonly log: EventLog;
  readonly projections: Projections;
  readonly agents: Agents;
  readonly auditLog: AuditLog;
  readonly records: Records;
  readonly outbox: Outbox;
  readonly tokens: WaitTokens;
  readonly disposal: Disposal;
  readonly queue: Queue;
  /** What the queue reads the time from. */
  readonly clock: VirtualClock;
  /** Closes these and opens them again, as a restarted process would. */
  reopen(): Promise<Stores>;
}

/** Those that a suite needs: not every database holds all of them. */
export type Opened<K extends keyof Stores> = Pick<Stores, Exclude<K, 'reopen'>> & {
  reopen(): Promise<Opened<K>>;
};

export type MakeStores<K extends keyof Stores> = (context: TestContext) => Promise<Opened<K>>;

export async function memoryStores(_context: TestContext): Promise<Stores> {
  return openMemory(new MemoryDisk(), new VirtualClock());
}

function openMemory(disk: MemoryDisk, clock: VirtualClock): Stores {
  const opened = disk.open();
  return {
    log: new MemoryEventLog(opened),
    projections: new MemoryProjections(opened),
    agents: new MemoryAgents(opened),
    auditLog: new MemoryAuditLog(opened),
    records: new MemoryRecords(opened),
    outbox: new MemoryOutbox(opened),
    tokens: new MemoryWaitTokens(opened),
    disposal: new MemoryDisposal(opened),
    queue: new MemoryQueue(opened, { name: 'test', clock }),
    clock,
    reopen: async () => openMemory(disk, clock),
  };
}

export async function sqliteStores(context: TestContext): Promise<Stores> {
  return openSqlite(context, join(temporaryFolder(context), 'log.db'), new VirtualClock());
}

function openSqlite(context: TestContext, file: string, clock: VirtualClock): Stores {
  const store = openSqliteStore(file);
  let open = true;
  const close = () => {
    if (open) store.close();
    open = false;
  };
  context.after(close);
  return {
    log: new SqliteEventLog(store),
    projections: new SqliteProjections(store),
    agents: new SqliteAgents(store),
    auditLog: new SqliteAuditLog(store),
    records: new SqliteRecords(store),
    outbox: new SqliteOutbox(store),
    tokens: new SqliteWaitTokens(store),
    disposal: new SqliteDisposal(store),
    queue: new SqliteQueue(store, { name: 'test', clock }),
    clock,
    reopen: async () => {
      close();
      return openSqlite(context, file, clock);
    },
  };
}

/** A folder that is gone after the test. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-contract-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
