import type { Delivery } from '../../domain/webhooks/delivery.ts';
import { deliveryOf } from '../../domain/webhooks/delivery.ts';
import type { Notice } from '../../domain/webhooks/notices.ts';
import type { Ports } from '../ports.ts';

/** Turns what happens into deliveries to the webhooks that ask for it, and tells who delivers that there are some. */
export class Announcements {
  readonly #ports: Pick<Ports, 'records' | 'clock'>;
  readonly #listeners = new Set<() => void>();

  constructor(ports: Pick<Ports, 'records' | 'clock'>) {
    this.#ports = ports;
  }

  /** What is to be committed with the events that the notices tell. */
  async deliveriesOf(tenant: string, notices: readonly Notice[]): Promise<readonly Delivery[]> {
    if (notices.length === 0) return [];
    const { records, clock } = this.#ports;
    const webhooks = await records.forTenant(tenant).list('webhook');
    if (webhooks.length === 0) return [];
    const active = webhooks.filter(({ status }) => status === 'active');
    const now = new Date(clock.now()).toISOString();
    return notices.flatMap((notice) =>
      active
        .filter(({ events }) => (events as readonly string[]).includes(notice.event))
        .map((webhook) => deliveryOf(notice, webhook, now)),
    );
  }

  /** Says that deliveries have been committed; a hint, which may get lost. */
  made(deliveries: readonly Delivery[]): void {
    if (deliveries.length > 0) this.ring();
  }

  ring(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Returns how to end it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
