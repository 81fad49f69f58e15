import type { Lane } from '../../ports/outbox.ts';

export type LaneId = Pick<Lane, 'tenant' | 'webhook'>;

/** Requests under way at the same time: to all, for one tenant, to one webhook, and to one whose last attempt has failed. */
const atOnce = { all: 256, tenant: 64, webhook: 4, failing: 1 } as const;

export const keyOf = ({ tenant, webhook }: LaneId): string => JSON.stringify([tenant, webhook]);

/** What is being sent, by lane, and for how much more there is room. */
export class UnderWay {
  readonly #lanes = new Map<string, Map<string, Promise<void>>>();
  readonly #ofTenant = new Map<string, number>();
  readonly #failing = new Set<string>();
  #total = 0;

  /** `shared` is what all others leave to it, `own` what it may have itself. */
  room(lane: LaneId): { readonly own: number; readonly shared: number } {
    const key = keyOf(lane);
    const most = this.#failing.has(key) ? atOnce.failing : atOnce.webhook;
    const ofTenant = atOnce.tenant - (this.#ofTenant.get(lane.tenant) ?? 0);
    return { own: most - this.size(lane), shared: Math.min(ofTenant, atOnce.all - this.#total) };
  }

  size(lane: LaneId): number {
    return this.#lanes.get(keyOf(lane))?.size ?? 0;
  }

  has(lane: LaneId, delivery: string): boolean {
    return this.#lanes.get(keyOf(lane))?.has(delivery) ?? false;
  }

  add(lane: LaneId, delivery: string, sent: Promise<void>): void {
    const key = keyOf(lane);
    const sending = this.#lanes.get(key) ?? new Map<string, Promise<void>>();
    this.#lanes.set(key, sending.set(delivery, sent));
    this.#count(lane.tenant, 1);
  }

  remove(lane: LaneId, delivery: string): void {
    const key = keyOf(lane);
    const sending = this.#lanes.get(key);
    if (!sending?.delete(delivery)) return;
    if (sending.size === 0) this.#lanes.delete(key);
    this.#count(lane.tenant, -1);
  }

  /** Whose tenant has the least under way is first; else they stay in their order. */
  inTurn<T extends LaneId>(lanes: readonly T[]): readonly T[] {
    const size = ({ tenant }: T): number => this.#ofTenant.get(tenant) ?? 0;
    return lanes.toSorted((a, b) => size(a) - size(b));
  }

  setFailing(lane: LaneId, failing: boolean): void {
    if (failing) this.#failing.add(keyOf(lane));
    else this.#failing.delete(keyOf(lane));
  }

  all(): readonly Promise<void>[] {
    return [...this.#lanes.values()].flatMap((lane) => [...lane.values()]);
  }

  #count(tenant: string, change: number): void {
    this.#total += change;
    const count = (this.#ofTenant.get(tenant) ?? 0) + change;
    if (count === 0) this.#ofTenant.delete(tenant);
    else this.#ofTenant.set(tenant, count);
  }
}
