import type { Delivery } from '../../domain/webhooks/delivery.ts';
import type { App } from '../app.ts';
import { isoNow } from '../app.ts';
import { attempt } from './attempt.ts';
import { keyOf, type LaneId, UnderWay } from './under-way.ts';

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
 * nobody else. Tenants have a share each, and lanes take turns.
 */
export class Courier {
  readonly #app: App;
  readonly #options: CourierOptions;
  readonly #underWay = new UnderWay();
  /** Lanes with something due that others left no room for, in their turn. */
  readonly #waiting = new Map<string, LaneId>();
  /** Lanes that a request has ended in. */
  readonly #freed = new Map<string, LaneId>();
  /** The lane served last: whoever comes after it is next. */
  #served: LaneId = { tenant: '', webhook: '' };
  /** When to look again at the latest, in milliseconds. */
  #next = 0;
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
    const sent = Promise.all(this.#underWay.all());
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
    this.#again = true;
    this.#work();
  }

  #work(): void {
    if (this.#stopped) return;
    this.#looking ??= this.#workAll().finally(() => {
      this.#looking = undefined;
      // Asked for while the last look came to its end.
      if (this.#again || this.#freed.size > 0) this.#work();
    });
  }

  async #workAll(): Promise<void> {
    while ((this.#again || this.#freed.size > 0) && !this.#stopped) {
      try {
        if (this.#again) await this.#sendDue();
        else await this.#refill();
        await this.#prune();
      } catch (error) {
        this.#options.failed(error);
        this.#next = this.#app.clock.now() + 1_000;
      }
    }
    this.#callOff();
    if (!this.#stopped) this.#callOff = this.#app.clock.at(this.#next, () => this.#look());
  }

  async #sendDue(): Promise<void> {
    this.#again = false;
    this.#freed.clear();
    this.#next = this.#app.clock.now() + everyMs;
    const lanes = await this.#app.outbox.lanes();
    this.#waiting.clear();
    const now = isoNow(this.#app);
    const first = Math.max(
      lanes.findIndex((lane) => isAfter(lane, this.#served)),
      0,
    );
    for (const lane of this.#underWay.inTurn([...lanes.slice(first), ...lanes.slice(0, first)])) {
      if (lane.dueAt > now) this.#next = Math.min(this.#next, Date.parse(lane.dueAt));
      else await this.#sendOf(lane, now);
    }
  }

  /** Gives what became free to those who wait, then to the lanes it became free in. */
  async #refill(): Promise<void> {
    const lanes = new Map([...this.#waiting, ...this.#freed]);
    this.#freed.clear();
    const now = isoNow(this.#app);
    for (const lane of this.#underWay.inTurn([...lanes.values()])) await this.#sendOf(lane, now);
  }

  /** Sends what is due in one lane, as much as there is room for. */
  async #sendOf({ tenant, webhook }: LaneId, now: string): Promise<void> {
    const lane = { tenant, webhook };
    const { own, shared } = this.#underWay.room(lane);
    if (own <= 0) return void this.#waiting.delete(keyOf(lane));
    if (shared <= 0) return void this.#waiting.set(keyOf(lane), lane);
    this.#waiting.delete(keyOf(lane));
    const limit = own + this.#underWay.size(lane);
    const due = await this.#app.outbox.forTenant(tenant).due(webhook, now, limit);
    const unsent = due.filter(({ delivery }) => !this.#underWay.has(lane, delivery)).slice(0, own);
    for (const delivery of unsent.slice(0, shared)) {
      this.#served = lane;
      this.#underWay.add(lane, delivery.delivery, this.#send(lane, delivery));
    }
    // To the end of those who wait: the others have their turn first.
    if (unsent.length > shared) this.#waiting.set(keyOf(lane), lane);
  }

  async #send(lane: LaneId, delivery: Delivery): Promise<void> {
    try {
      const after = await attempt(this.#app, delivery);
      this.#underWay.setFailing(lane, after?.last?.error !== undefined);
      if (after?.dueAt !== undefined) this.#next = Math.min(this.#next, Date.parse(after.dueAt));
    } catch (error) {
      if (!this.#stopped) this.#options.failed(error);
      // Not at once: what could not be recorded is still due.
      await new Promise<void>((resolve) => {
        if (this.#stopped) resolve();
        else this.#app.clock.at(this.#app.clock.now() + 1_000, resolve);
      });
    } finally {
      this.#underWay.remove(lane, delivery.delivery);
      this.#freed.set(keyOf(lane), lane);
      this.#work();
    }
  }

  async #prune(): Promise<void> {
    const now = this.#app.clock.now();
    if (now < this.#pruneAt) return;
    this.#pruneAt = now + pruneEveryMs;
    const before = new Date(now - keptMs).toISOString();
    while ((await this.#app.outbox.prune(before)) > 0 && !this.#stopped);
  }
}

const isAfter = (lane: LaneId, other: LaneId): boolean =>
  lane.tenant > other.tenant || (lane.tenant === other.tenant && lane.webhook > other.webhook);
