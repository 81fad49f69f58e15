import { appendTexts } from '../domain/append-limits.ts';
import { limits } from '../domain/limits.ts';
import { pageOfTexts, wantedEvents } from '../domain/page-of-texts.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Append, EventLog, EventPage, IdempotencyRecord, TenantEventLog } from '../ports/event-log.ts';
import type { MemoryDisk, OpenDisk, TenantDisk } from './disk.ts';
import { putDelivery } from './put-delivery.ts';
import { copy, putProjection } from './put-projection.ts';

/** The run log in memory: for tests and simulation. */
export class MemoryEventLog implements EventLog {
  readonly #disk: OpenDisk;

  constructor(disk: OpenDisk) {
    this.#disk = disk;
  }

  forTenant(tenant: string): TenantEventLog {
    const read = <T>(query: (disk: TenantDisk) => T) => this.#disk.read((disk) => query(disk.tenant(tenant)));
    return {
      append: (append) => this.#append(tenant, append),
      read: (run, after, limit = limits.pageEvents) =>
        read(({ logs }) => pageOfEvents(logs.get(run)?.events ?? [], after, limit)),
      head: (run) => read(({ logs }) => copied(logs.get(run)?.head)),
      snapshot: (run) =>
        read(({ logs }) => {
          const snapshot = logs.get(run)?.snapshot;
          return snapshot && JSON.parse(snapshot);
        }),
      saveSnapshot: async (state) => {
        const text = JSON.stringify(state);
        await this.#disk.write((disk) => {
          const log = disk.tenant(tenant).logs.get(state.run);
          if (!log || (log.snapshot && JSON.parse(log.snapshot).seq >= state.seq)) return;
          log.snapshot = text;
        });
      },
      idempotency: (key) => read(({ idempotency }) => copied(idempotency.get(key))),
    };
  }

  async *allRuns(): AsyncGenerator<{ readonly tenant: string; readonly run: string }> {
    const all = await this.#disk.read((disk) =>
      [...disk.tenants()].flatMap(([tenant, { logs }]) => [...logs.keys()].map((run) => ({ tenant, run }))),
    );
    yield* all.sort((a, b) => (a.run < b.run ? -1 : 1));
  }

  async #append(tenant: string, append: Append): Promise<void> {
    const texts = appendTexts({ tenant, run: append.run, expected: append.expected }, append.events);
    const copies = copy({ ...append, events: [] });
    await this.#disk.write((disk) => write(disk, tenant, { append: copies, texts }));
  }
}

function write(
  disk: MemoryDisk,
  tenant: string,
  { append, texts }: { append: Append; texts: readonly string[] },
): void {
  const { run, expected, head, projections, deliveries = [], idempotency } = append;
  const { logs, idempotency: records } = disk.tenant(tenant);
  const log = logs.get(run);
  const actual = log?.head.seq ?? 0;
  if (actual !== expected) throw new TandemError('log.conflict', { details: { run, expected, actual } });
  if (idempotency) {
    assertFree(records.get(idempotency.key), idempotency);
    records.set(idempotency.key, idempotency);
  }
  if (log) {
    log.head = head;
    log.events.push(...texts);
  } else {
    logs.set(run, { head, events: [...texts] });
  }
  for (const change of projections) putProjection(disk, change);
  for (const delivery of deliveries) putDelivery(disk.tenant(tenant), delivery);
}

function assertFree(taken: IdempotencyRecord | undefined, { at }: IdempotencyRecord): void {
  if (!taken || Date.parse(taken.at) <= Date.parse(at) - limits.idempotencyMs) return;
  const { resource, body } = taken;
  throw new TandemError('idempotency.conflict', { details: { resource, body } });
}

function pageOfEvents(all: readonly string[], after: number, limit: number): EventPage {
  const wanted = wantedEvents(limit);
  const { texts, more } = pageOfTexts(all.slice(after, after + wanted + 1), wanted);
  return { events: texts.map((text) => JSON.parse(text)), more };
}

function copied<T>(value: T | undefined): T | undefined {
  return value && copy(value);
}
