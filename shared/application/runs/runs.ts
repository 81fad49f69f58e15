import { LRUCache } from 'lru-cache';
import { chainStart, sealEvent } from '../../domain/chain.ts';
import type { EventDraft, Head, RunEvent } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import { limits } from '../../domain/limits.ts';
import { project } from '../../domain/project.ts';
import { readEvent } from '../../domain/read-event.ts';
import type { RunState } from '../../domain/state.ts';
import { headMessage } from '../../domain/verify.ts';
import { runNotices } from '../../domain/webhooks/notices.ts';
import { isTandemError, TandemError } from '../../errors/tandem-error.ts';
import type { IdempotencyRecord, TenantEventLog } from '../../ports/event-log.ts';
import type { Ports } from '../ports.ts';
import type { Announcements } from '../webhooks/announcements.ts';
import { countAppend } from './count-append.ts';
import { stateWeight } from './state-weight.ts';

/** A run's state, and the last events that led to it: those after `base`. */
export interface LogWindow {
  /** State before `events`; `undefined` when they are the whole log. */
  readonly base: RunState | undefined;
  readonly events: readonly RunEvent[];
  readonly state: RunState;
}

/** Where a new run's log begins. */
export interface NewRun {
  readonly tenant: string;
  readonly run: string;
}

/** Bytes of folded states in memory: about 4,000 small ones, or a hundred that carry 128 KiB each. */
const cachedBytes = 16 * 1024 * 1024;

/**
 * How long a state stands that nobody has loaded, in milliseconds. A run is removed a day after its end at the earliest: what
 * went on an hour ago has not been removed since.
 */
const cachedMs = 3_600_000;

/** Reads and extends run logs: the one place where events are sealed, folded, projected and appended. */
export class Runs {
  readonly #ports: Ports;
  readonly #announcements: Announcements;
  /**
   * Folded states: a cache, brought up to date from the log at every load. None of a run that is known to have ended: from
   * then on another process may erase what it said, or remove it, and no log tells this one.
   */
  readonly #states: LRUCache<string, RunState>;

  constructor(ports: Ports, announcements: Announcements) {
    this.#ports = ports;
    this.#announcements = announcements;
    this.#states = new LRUCache({
      maxSize: cachedBytes,
      sizeCalculation: stateWeight,
      ttl: cachedMs,
      ttlResolution: 0,
      perf: { now: () => ports.clock.now() },
    });
  }

  /** The run as its log stands now; throws `resource.not-found`. */
  async load(tenant: string, run: string): Promise<RunState> {
    return (await this.window(tenant, run)).state;
  }

  /** As {@link load}, or `undefined`. */
  async find(tenant: string, run: string): Promise<RunState | undefined> {
    return (await this.#read(tenant, run))?.state;
  }

  /** Why a run cannot be found: `resource.not-found`, or `run.removed`. */
  async absent(tenant: string, run: string): Promise<TandemError> {
    const removed = await this.#ports.records.forTenant(tenant).get('removed', run);
    if (!removed) return noSuchRun(run);
    const { removedAt, hash, seq } = removed;
    const message = `The run ${run} was removed on ${removedAt.slice(0, 10)}`;
    return new TandemError('run.removed', { message, details: { run, removedAt, seq, hash } });
  }

  /** Whether the run exists; what is remembered of it is enough to know. */
  async exists(tenant: string, run: string): Promise<boolean> {
    if (this.#states.has(key(tenant, run))) return true;
    return (await this.#ports.log.forTenant(tenant).head(run)) !== undefined;
  }

  /** Throws what {@link load} throws where there is no such run, and reads less. */
  async mustExist(tenant: string, run: string): Promise<void> {
    if (!(await this.exists(tenant, run))) throw await this.absent(tenant, run);
  }

  /** The run with the events read to bring its cached state or snapshot up to date. */
  async window(tenant: string, run: string): Promise<LogWindow> {
    const window = await this.#read(tenant, run);
    if (!window) throw await this.absent(tenant, run);
    return window;
  }

  /**
   * Seals drafts onto a state (or begins a log) without appending them. Throws what `evolve` refuses.
   * Time never runs backwards within a log, whatever the clock does.
   */
  seal(before: RunState | NewRun, drafts: readonly EventDraft[]): { events: RunEvent[]; state: RunState } {
    const { clock, ids } = this.#ports;
    const events: RunEvent[] = [];
    let state = 'seq' in before ? before : undefined;
    const now = new Date(clock.now()).toISOString();
    for (const draft of drafts) {
      const position = state ?? { tenant: before.tenant, run: before.run, seq: 0, hash: chainStart };
      const at = state && state.at > now ? state.at : now;
      const event = sealEvent(draft, position, { id: ids.next('evt'), at, salt: ids.hex(16) });
      state = evolve(state, event);
      events.push(event);
    }
    if (!state) throw new TandemError('internal', { message: 'Nothing to seal' });
    return { events, state };
  }

  /** The state after sealed events. */
  refold(before: RunState, events: readonly RunEvent[]): RunState {
    return events.reduce((state: RunState, event) => evolve(state, event), before);
  }

  /**
   * Appends sealed events: durable when it resolves. Throws `log.conflict` when the log has moved on. An append whose
   * answer was lost is settled by reading: the same event id at that sequence was ours (rule 6).
   */
  async append(
    before: RunState | undefined,
    sealed: { readonly events: readonly RunEvent[]; readonly state: RunState },
    idempotency?: IdempotencyRecord,
  ): Promise<void> {
    const { events, state } = sealed;
    const { tenant, run } = state;
    const log = this.#ports.log.forTenant(tenant);
    const projections = project(before, state, events);
    const notices = runNotices(state, events, projections);
    const deliveries = notices.length > 0 ? await this.#announcements.deliveriesOf(tenant, notices) : [];
    const append = {
      run,
      expected: before?.seq ?? 0,
      events,
      head: await this.#head(state),
      projections,
      ...(deliveries.length > 0 ? { deliveries } : {}),
      ...(idempotency ? { idempotency } : {}),
    };
    const { metrics } = this.#ports;
    const began = metrics?.elapsed() ?? 0;
    try {
      await log.append(append);
    } catch (error) {
      this.#states.delete(key(tenant, run));
      if (!(await wasMine(log, events, error))) throw error;
    }
    metrics?.appended(events.length, metrics.elapsed() - began);
    if (metrics) countAppend(metrics, before, events);
    this.#remember(state);
    this.#ports.watch.appended(tenant, run, state.seq, state.end !== undefined);
    this.#announcements.made(deliveries);
    await this.#ports.news?.appended(tenant, run, state.seq);
    // A snapshot is a cache: without it the append stands all the same. After the end it could bring back what was erased.
    if (!state.end && crossesSnapshot(before, state)) await log.saveSnapshot(state).catch(() => undefined);
  }

  /**
   * Appends what `change` asks for on the run as it stands, deciding anew after every conflict (rule 6). `change`
   * returns no drafts when nothing is left to do, and throws when the request no longer applies. An idempotency record
   * is committed with the events.
   */
  async update(
    tenant: string,
    run: string,
    change: (state: RunState) => readonly EventDraft[],
    idempotency?: IdempotencyRecord,
  ): Promise<RunState> {
    for (;;) {
      const state = await this.load(tenant, run);
      const drafts = change(state);
      if (drafts.length === 0) return state;
      const sealed = this.seal(state, drafts);
      try {
        await this.append(state, sealed, idempotency);
        return sealed.state;
      } catch (error) {
        if (!isTandemError(error, 'log.conflict')) throw error;
      }
    }
  }

  async #head(state: RunState): Promise<Head> {
    const head = { run: state.run, seq: state.seq, hash: state.hash };
    return state.end
      ? { ...head, signature: await this.#ports.signer.sign(headMessage(state.tenant, head)) }
      : head;
  }

  async #read(tenant: string, run: string): Promise<LogWindow | undefined> {
    const cached = this.#states.get(key(tenant, run));
    const window = cached && (await this.#fold(tenant, run, cached));
    if (window && !window.state.end) return window;
    // What was remembered of one that has ended meanwhile may have been erased since.
    return this.#fold(tenant, run, await this.#ports.log.forTenant(tenant).snapshot(run));
  }

  async #fold(tenant: string, run: string, base: RunState | undefined): Promise<LogWindow | undefined> {
    const log = this.#ports.log.forTenant(tenant);
    const events: RunEvent[] = [];
    let state = base;
    for (let more = true; more; ) {
      const page = await log.read(run, state?.seq ?? 0);
      for (const written of page.events) {
        const read = readEvent(state, written);
        state = read.state;
        events.push(read.event);
      }
      more = page.more;
    }
    if (!state) return undefined;
    this.#remember(state);
    return { base, events, state };
  }

  #remember(state: RunState): void {
    if (state.end) this.#states.delete(key(state.tenant, state.run));
    else this.#states.set(key(state.tenant, state.run), state);
  }
}

/** `resource.not-found`, also for a run of another tenant. */
function noSuchRun(run: string): TandemError {
  return new TandemError('resource.not-found', { message: `There is no run ${run}`, details: { run } });
}

function key(tenant: string, run: string): string {
  return `${tenant}/${run}`;
}

function crossesSnapshot(before: RunState | undefined, after: RunState): boolean {
  const { snapshotEvents } = limits;
  return Math.floor((before?.seq ?? 0) / snapshotEvents) !== Math.floor(after.seq / snapshotEvents);
}

/** Errors that say for certain that nothing was appended. */
const refusals = ['limit.exceeded', 'idempotency.conflict', 'data.full'] as const;

async function wasMine(log: TenantEventLog, events: readonly RunEvent[], error: unknown): Promise<boolean> {
  const [first] = events;
  if (!first || refusals.some((code) => isTandemError(error, code))) return false;
  const page = await log.read(first.run, first.seq - 1, 1);
  return page.events[0]?.id === first.id;
}
