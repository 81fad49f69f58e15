import type { AuditHead } from '../domain/audit/events.ts';
import type { AgentVersion } from '../domain/audit/records.ts';
import type { Head } from '../domain/events.ts';
import type { ApprovalRow, ArtifactRow, EndedRow, RunRow } from '../domain/projections.ts';
import type { Delivery } from '../domain/webhooks/delivery.ts';
import type { IdempotencyRecord } from '../ports/event-log.ts';
import type { WaitToken } from '../ports/wait-tokens.ts';

/** One run's log; events and snapshot as JSON text, so that nobody shares objects with the disk. */
export interface StoredRun {
  head: Head;
  readonly events: string[];
  snapshot?: string;
}

/** What one tenant has on a disk. */
export class TenantDisk {
  readonly logs = new Map<string, StoredRun>();
  readonly idempotency = new Map<string, IdempotencyRecord>();
  readonly runs = new Map<string, RunRow>();
  readonly approvals = new Map<string, ApprovalRow>();
  /** By run, then by name, in the order they were declared. */
  readonly artifacts = new Map<string, Map<string, ArtifactRow>>();
  /** ISO times by run. */
  readonly due = new Map<string, string>();
  readonly tokens = new Map<string, WaitToken>();
  readonly ended = new Map<string, EndedRow>();
  readonly unnamed = new Set<string>();
  /** Events as JSON text. */
  readonly audit: { head?: AuditHead; readonly events: string[] } = { events: [] };
  /** By kind and id. */
  readonly records = new Map<string, Map<string, object>>();
  /** In the order they were published. */
  readonly versions: AgentVersion[] = [];
  /** By webhook and id. */
  readonly deliveries = new Map<string, Map<string, Delivery>>();
  readonly blobs = new Map<string, Uint8Array>();
}

export interface StoredMessage {
  readonly id: string;
  readonly body: string;
  visibleAt: number;
  attempts: number;
}

interface Write {
  readonly work: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What survives when a simulated process dies. Each process opens the disk for itself and hands its opening to the
 * memory adapters; they hold nothing else.
 */
export class MemoryDisk {
  readonly #tenants = new Map<string, TenantDisk>();
  readonly #queues = new Map<string, StoredMessage[]>();
  #ids = 0;

  open(): OpenDisk {
    return new OpenDisk(this);
  }

  tenant(tenant: string): TenantDisk {
    return entry(this.#tenants, tenant, () => new TenantDisk());
  }

  tenants(): Iterable<readonly [string, TenantDisk]> {
    return this.#tenants;
  }

  queue(name: string): StoredMessage[] {
    return entry(this.#queues, name, () => []);
  }

  /** Given once in the life of the disk. */
  nextId(): string {
    this.#ids += 1;
    return String(this.#ids);
  }
}

/** A disk as one process sees it: what it writes takes effect in the next microtask, everything of a turn together. */
export class OpenDisk {
  readonly #disk: MemoryDisk;
  #writes: Write[] = [];
  #dead = false;

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  /** `query` must not hand out what the disk holds. */
  read<T>(query: (disk: MemoryDisk) => T): Promise<T> {
    if (this.#dead) return never();
    return new Promise((resolve) => resolve(query(this.#disk)));
  }

  /** `work` must throw before it changes anything, or not at all. */
  write<T>(work: (disk: MemoryDisk) => T): Promise<T> {
    if (this.#dead) return never();
    return new Promise<T>((resolve, reject) => {
      if (this.#writes.length === 0) queueMicrotask(() => this.#apply());
      this.#writes.push({ work: () => work(this.#disk), resolve, reject });
    });
  }

  /**
   * The process dies: none of its calls is ever answered again. What it has written and not been told of is on the disk
   * (`keep`) or not (`forget`); a real disk may do either.
   */
  cut(unacknowledged: 'keep' | 'forget'): void {
    if (unacknowledged === 'forget') this.#writes = [];
    this.#dead = true;
    this.#apply();
  }

  #apply(): void {
    const writes = this.#writes;
    this.#writes = [];
    for (const { work, resolve, reject } of writes) {
      try {
        const value = work();
        if (!this.#dead) resolve(value as never);
      } catch (error) {
        if (!this.#dead) reject(error);
      }
    }
  }
}

/** The entry of a map, made when it is missing. */
export function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const made = make();
  map.set(key, made);
  return made;
}

function never<T>(): Promise<T> {
  return new Promise(() => {});
}
