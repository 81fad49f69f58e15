import type { Delivery } from '../../domain/webhooks/delivery.ts';
import type { Lane } from '../../ports/outbox.ts';
import type { App } from '../app.ts';
import { isoNow } from '../app.ts';
import { attempt } from './attempt.ts';

/** Requests under way at the same time: to all, to one webhook, and to one whose last attempt has failed. */
const atOnce = { all: 256, webhook: 4, failing: 1 } as const;

/** How often it looks although nobody has told it to, in milliseconds. */
const everyMs = 30_000;

/** How long what is done is kept, and how often that is looked at, in milliseconds. */
const keptMs = 30 * 24 * 3_600_000;
const pruneEveryMs = 3_600_000;

/** How long the end waits for answers, in milliseconds. */
const partingMs = 500;

export interface CourierOptions {
  /** Told what it could not do; it tries again. */
  readonly failed: (error: unknown) => void;
}

/**
 * Makes the deliveries that are due. Each webhook has a lane of its own, and few requests at a time: who is slow holds up
 * nobody else.
 */
export class Courier {
  readonly #app: App;
  readonly #options: CourierOptions;
  /** Deliveries under way, by lane. */
  readonly #underWay = new Map<string, Map<string, Promise<void>>>();
  readonly #failing = new Set<string>();
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #callOff = (): void => {};
  #unlisten = (): void => {};
  #pruneAt = 0;

  constructor(app: App, options: CourierOptions) {
    this.#app = app;
    this.#options = options;
  }

  start(): void {
    this.#unlisten = this.#app.announcements.listen(() => this.#look());
    this.#look();
  }

  /** Takes up no more, and gives what is under way a moment: what is not recorded by then is sent again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unlisten();
    this.#callOff();
    await this.#looking;
    const sent = Promise.all([...this.#underWay.values()].flatMap((lane) => [...lane.values()]));
    const { clock } = this.#app;
    let callOff = (): void => {};
    const late = new Promise<void>((resolve) => {
      callOff = clock.at(clock.now() + partingMs, resolve);
    });
    await Promise.race([sent, late]);
    callOff();
  }

  /** One look at a time; who asks during one has another one made. */
  #look(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#looking ??= this.#lookAll().finally(() => {
      this.#looking = undefined;
      // Asked for while the last look came to its end.
      if (this.#again) this.#look();
    });
  }

  async #lookAll(): Promise<void> {
    let next = this.#app.clock.now() + everyMs;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        next = await this.#sendDue();
        await this.#prune();
      } catch (error) {
        this.#options.failed(error);
        next = this.#app.clock.now() + 1_000;
      }
    }
    this.#callOff();
    if (!this.#stopped) this.#callOff = this.#app.clock.at(next, () => this.#look());
  }

  /** When to look again; the end of a request makes it look anyway. */
  async #sendDue(): Promise<number> {
    const lanes = await this.#app.outbox.lanes();
    const now = isoNow(this.#app);
    let next = this.#app.clock.now() + everyMs;
    for (const lane of lanes) {
      if (lane.dueAt > now) next = Math.min(next, Date.parse(lane.dueAt));
      else next = Math.min(next, await this.#sendOf(lane, now));
    }
    return next;
  }

  /** Sends what is due in one lane, as much as it has room for. When to look at it again. */
  async #sendOf({ tenant, webhook }: Lane, now: string): Promise<number> {
    const key = JSON.stringify([tenant, webhook]);
    const lane = this.#underWay.get(key) ?? new Map<string, Promise<void>>();
    const most = this.#failing.has(key) ? atOnce.failing : atOnce.webhook;
    const room = Math.min(most - lane.size, atOnce.all - this.#total());
    if (room <= 0) return Number.POSITIVE_INFINITY;
    const due = await this.#app.outbox.forTenant(tenant).due(webhook, now, room + lane.size);
    for (const delivery of due.filter((one) => !lane.has(one.delivery)).slice(0, room)) {
      this.#underWay.set(key, lane);
      lane.set(delivery.delivery, this.#send(key, delivery));
    }
    return Number.POSITIVE_INFINITY;
  }

  async #send(key: string, delivery: Delivery): Promise<void> {
    try {
      const after = await attempt(this.#app, delivery);
      if (after?.last?.error === undefined) this.#failing.delete(key);
      else this.#failing.add(key);
    } catch (error) {
      if (!this.#stopped) this.#options.failed(error);
      // Not at once: what could not be recorded is still due.
      await new Promise<void>((resolve) => {
        if (this.#stopped) resolve();
        else this.#app.clock.at(this.#app.clock.now() + 1_000, resolve);
      });
    } finally {
      const lane = this.#underWay.get(key);
      lane?.delete(delivery.delivery);
      if (lane?.size === 0) this.#underWay.delete(key);
      this.#look();
    }
  }

  #total(): number {
    let total = 0;
    for (const lane of this.#underWay.values()) total += lane.size;
    return total;
  }

  async #prune(): Promise<void> {
    const now = this.#app.clock.now();
    if (now < this.#pruneAt) return;
    this.#pruneAt = now + pruneEveryMs;
    const before = new Date(now - keptMs).toISOString();
    while ((await this.#app.outbox.prune(before)) > 0 && !this.#stopped);
  }
}
