import { appendTexts } from '../domain/append-limits.ts';
import type { Head, RunEvent } from '../domain/events.ts';
import { limits } from '../domain/limits.ts';
import { pageOfTexts, wantedEvents } from '../domain/page-of-texts.ts';
import type { RunState } from '../domain/state.ts';
import { TandemError } from '../errors/tandem-error.ts';
import type { Append, EventLog, EventPage, IdempotencyRecord, TenantEventLog } from '../ports/event-log.ts';
import { deliveriesJson, projectionsJson } from './changes.ts';
import { sqlState } from './failure.ts';
import { keyText } from './key-text.ts';
import { eventsPage } from './pages.ts';
import { keyTaken } from './schema/append-functions.ts';
import { type Row, statement } from './statement.ts';
import type { PostgresStore } from './store.ts';

const runsAtATime = 1_000;

const appendEvents = statement(
  'events.append',
  'SELECT append_events($1, $2, $3, $4, $5, $6, $7, $8) AS actual',
);
const readEvents = statement('events.read', eventsPage('events', 'tenant = $1 AND run = $4'));
const getEvent = statement(
  'events.get',
  'SELECT event FROM events WHERE tenant = $1 AND run = $2 AND seq = $3',
);
const getHead = statement(
  'heads.get',
  'SELECT seq, hash, signature FROM heads WHERE tenant = $1 AND run = $2',
);
const listRuns = statement(
  'heads.list',
  `SELECT tenant, run FROM heads WHERE (run, tenant) > ($1, $2) ORDER BY run, tenant LIMIT ${runsAtATime}`,
);
const getSnapshot = statement('snapshots.get', 'SELECT state FROM snapshots WHERE tenant = $1 AND run = $2');
const putSnapshot = statement(
  'snapshots.put',
  `INSERT INTO snapshots AS old (tenant, run, seq, state) VALUES ($1, $2, $3, $4)
  ON CONFLICT (run, tenant) DO UPDATE SET seq = excluded.seq, state = excluded.state
  WHERE old.seq < excluded.seq`,
);
const getRequest = statement(
  'idempotency.get',
  'SELECT body, resource, at FROM idempotency WHERE tenant = $1 AND key = $2',
);

/** The run log in PostgreSQL: an append is one statement, and with it one round trip and one transaction. */
export class PostgresEventLog implements EventLog {
  readonly #store: PostgresStore;

  constructor(store: PostgresStore) {
    this.#store = store;
  }

  forTenant(tenant: string): TenantEventLog {
    return {
      // Those of one run in the order they come: two connections would let them overtake each other.
      append: (append) =>
        this.#store.inTurn(JSON.stringify([tenant, append.run]), () => this.#append(tenant, append)),
      read: (run, after, limit = limits.pageEvents) => this.#read(tenant, run, { after, limit }),
      head: (run) => this.#head(tenant, run),
      snapshot: async (run) => parsed(await this.#store.query(getSnapshot, [tenant, run])),
      saveSnapshot: async (state) => {
        await this.#store.query(putSnapshot, [tenant, state.run, state.seq, JSON.stringify(state)]);
      },
      idempotency: (key) => this.#idempotency(tenant, key),
    };
  }

  async *allRuns(): AsyncGenerator<{ readonly tenant: string; readonly run: string }> {
    let last = { tenant: '', run: '' };
    for (;;) {
      const rows = await this.#store.query(listRuns, [last.run, last.tenant]);
      yield* rows as unknown as readonly (typeof last)[];
      const end = rows.at(-1) as unknown as typeof last | undefined;
      if (!end) return;
      last = end;
    }
  }

  async #append(tenant: string, append: Append): Promise<void> {
    const { run, expected, head, projections, deliveries = [], idempotency } = append;
    const texts = appendTexts({ tenant, run, expected }, append.events);
    const values = [
      ...[tenant, run, expected, headJson(head), texts],
      ...[projectionsJson(projections), deliveriesJson(deliveries), requestJson(idempotency)],
    ];
    const { value, doubtful } = await this.#store.attempt(appendEvents, values).catch(keyConflict);
    const actual = value[0]?.['actual'] as number | null;
    if (actual === null) return;
    if (doubtful && (await this.#isThere(tenant, append.events, texts))) return;
    throw new TandemError('log.conflict', { details: { run, expected, actual } });
  }

  /** Whether an attempt whose answer was lost has been done after all: its last event stands where it belongs. */
  async #isThere(tenant: string, events: readonly RunEvent[], texts: readonly string[]): Promise<boolean> {
    const last = events.at(-1);
    if (!last) return false;
    const [row] = await this.#store.query(getEvent, [tenant, last.run, last.seq]);
    return row?.['event'] === texts.at(-1);
  }

  async #read(
    tenant: string,
    run: string,
    { after, limit }: { after: number; limit: number },
  ): Promise<EventPage> {
    const wanted = wantedEvents(limit);
    const rows = await this.#store.query(readEvents, [tenant, after, wanted + 1, run]);
    const { texts, more } = pageOfTexts(
      rows.map((row) => row['event'] as string),
      wanted,
    );
    return { events: texts.map((text) => JSON.parse(text)), more };
  }

  async #head(tenant: string, run: string): Promise<Head | undefined> {
    const [row] = await this.#store.query(getHead, [tenant, run]);
    if (!row) return undefined;
    const { seq, hash, signature } = row as { seq: number; hash: string; signature: string | null };
    return { run, seq, hash, ...(signature === null ? {} : { signature: JSON.parse(signature) }) };
  }

  async #idempotency(tenant: string, key: string): Promise<IdempotencyRecord | undefined> {
    const [row] = await this.#store.query(getRequest, [tenant, keyText(key)]);
    return row && { key, ...(row as unknown as Omit<IdempotencyRecord, 'key'>) };
  }
}

function headJson({ seq, hash, signature }: Head): string {
  return JSON.stringify({ seq, hash, ...(signature ? { signature: JSON.stringify(signature) } : {}) });
}

function requestJson(record: IdempotencyRecord | undefined): string | null {
  if (!record) return null;
  const expired = new Date(Date.parse(record.at) - limits.idempotencyMs).toISOString();
  return JSON.stringify({ ...record, key: keyText(record.key), expired });
}

function keyConflict(error: unknown): never {
  if (sqlState(error) !== keyTaken) throw error;
  throw new TandemError('idempotency.conflict', {
    details: JSON.parse((error as { detail?: string }).detail ?? '{}'),
  });
}

const parsed = ([row]: readonly Row[]): RunState | undefined => row && JSON.parse(row['state'] as string);
