import { type Delivery, deliveryOf } from '../../domain/webhooks/delivery.ts';
import { webhookTest } from '../../domain/webhooks/events.ts';
import type { Notice } from '../../domain/webhooks/notices.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { DeliveryFilter } from '../../ports/outbox.ts';
import type { Page } from '../../ports/projections.ts';
import { type App, isoNow } from '../app.ts';
import { attempt } from './attempt.ts';
import { getWebhook } from './webhooks.ts';

export async function listDeliveries(
  app: App,
  caller: Principal,
  webhook: string,
  filter: DeliveryFilter,
): Promise<Page<Delivery>> {
  await getWebhook(app, caller, webhook);
  return app.outbox.forTenant(caller.tenant).list(webhook, filter);
}

export async function getDelivery(
  app: App,
  caller: Principal,
  webhook: string,
  delivery: string,
): Promise<Delivery> {
  await getWebhook(app, caller, webhook);
  const found = await app.outbox.forTenant(caller.tenant).get(webhook, delivery);
  if (found) return found;
  throw new TandemError('resource.not-found', {
    message: `There is no delivery ${delivery} to the webhook ${webhook}`,
    details: { delivery },
  });
}

/** How long the courier leaves a test to who makes it, in milliseconds: longer than a request may take. */
const testMs = 15_000;

/** Sends a message of its own at once; the courier goes on with it where it fails. */
export async function testWebhook(app: App, caller: Principal, webhook: string): Promise<Delivery> {
  const { tenant, subject } = caller;
  const found = await getWebhook(app, caller, webhook);
  assertActive(found);
  const now = isoNow(app);
  const data = { tenant, webhook, by: subject };
  const notice: Notice = { id: app.ids.next('evt'), event: webhookTest, at: now, subject: webhook, data };
  const dueAt = new Date(app.clock.now() + testMs).toISOString();
  const delivery = { ...deliveryOf(notice, found, now), dueAt };
  await app.outbox.forTenant(tenant).put(delivery);
  return (await attempt(app, delivery)) ?? delivery;
}

/** Begins anew, with all its attempts; decided again when somebody else has changed it meanwhile. */
export async function replayDelivery(
  app: App,
  caller: Principal,
  webhook: string,
  delivery: string,
): Promise<Delivery> {
  const outbox = app.outbox.forTenant(caller.tenant);
  for (;;) {
    assertActive(await getWebhook(app, caller, webhook));
    const now = await getDelivery(app, caller, webhook, delivery);
    const again: Delivery = {
      ...now,
      revision: now.revision + 1,
      status: 'pending',
      attempts: 0,
      dueAt: isoNow(app),
    };
    if (!(await outbox.put(again))) continue;
    app.announcements.ring();
    return again;
  }
}

function assertActive({
  webhook,
  status,
  reason,
}: {
  webhook: string;
  status: string;
  reason?: string;
}): void {
  if (status === 'active') return;
  throw new TandemError('webhook.disabled', {
    message: `The webhook ${webhook} is disabled: ${reason ?? 'nobody says why'}`,
    details: { webhook },
  });
}
