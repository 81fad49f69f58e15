import type { Delivery } from '../../domain/webhooks/delivery.ts';
import type { Lane } from '../../ports/outbox.ts';
import { type App, isoNow } from '../app.ts';
import { attempt } from './attempt.ts';

/** Requests to one webhook at the same time; webhooks served at the same time. */
const atOnce = { webhook: 4, webhooks: 64 } as const;

/**
 * How long a delivery belongs to whoever has taken it, in milliseconds: longer than a request may take. Who is cut off
 * leaves it to others after that.
 */
const takenMs = 60_000;

export interface Round {
  /** No request is begun after it, in milliseconds since the epoch. */
  readonly until: number;
  /** Told what could not be done; it stays due. */
  readonly failed: (error: unknown) => void;
}

/**
 * Makes the deliveries that are due, once through all webhooks, and answers how many requests that took. Several rounds may
 * be made at the same time, by different processes: each delivery is taken before it is sent, and only one can take it.
 */
export async function deliverDue(app: App, round: Round): Promise<number> {
  const now = isoNow(app);
  const waiting = (await app.outbox.lanes()).filter(({ dueAt }) => dueAt <= now);
  let sent = 0;
  const serve = async (): Promise<void> => {
    for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
      if (app.clock.now() > round.until) return;
      try {
        sent += await serveLane(app, lane, round);
      } catch (error) {
        round.failed(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce.webhooks }, serve));
  return sent;
}

/** A few at a time, until nothing is due; a webhook that fails is asked no further in this round. */
async function serveLane(app: App, { tenant, webhook }: Lane, { until }: Round): Promise<number> {
  const outbox = app.outbox.forTenant(tenant);
  for (let sent = 0; ; ) {
    const due = await outbox.due(webhook, isoNow(app), atOnce.webhook);
    if (due.length === 0 || app.clock.now() > until) return sent;
    const taken = (await Promise.all(due.map((delivery) => take(app, delivery)))).filter(
      (delivery) => delivery !== undefined,
    );
    const after = await Promise.all(taken.map((delivery) => attempt(app, delivery)));
    sent += taken.length;
    if (taken.length === 0 || after.some((delivery) => delivery?.last?.error !== undefined)) return sent;
  }
}

/** `undefined` when somebody else has it. */
async function take(app: App, delivery: Delivery): Promise<Delivery | undefined> {
  const dueAt = new Date(app.clock.now() + takenMs).toISOString();
  const taken = { ...delivery, revision: delivery.revision + 1, dueAt };
  return (await app.outbox.forTenant(delivery.tenant).put(taken)) ? taken : undefined;
}
