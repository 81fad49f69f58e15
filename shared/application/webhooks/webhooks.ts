import type { Webhook } from '../../domain/audit/records.ts';
import { limits } from '../../domain/limits.ts';
import { TandemError } from '../../errors/tandem-error.ts';
import type { Principal } from '../../ports/identity.ts';
import type { WebhookWanted, WebhookWithSecret } from '../api/webhooks.ts';
import { type App, isoNow } from '../app.ts';

/** Throws `webhook.address` for an address that nothing is sent to, `limit.exceeded` when there are too many. */
export async function addWebhook(
  app: App,
  { tenant, subject }: Principal,
  { url, events, description }: WebhookWanted,
): Promise<WebhookWithSecret> {
  await app.webhookSender.check(url);
  const webhook = app.ids.next('whk');
  const records = app.records.forTenant(tenant);
  await app.audit.update(tenant, async () => {
    if ((await records.list('webhook')).length >= limits.webhooks) throw tooMany();
    const payload = {
      webhook,
      url,
      events: [...new Set(events)],
      ...(description === undefined ? {} : { description }),
    };
    return [{ type: 'webhook.created', by: `user:${subject}`, payload }];
  });
  return withSecret(app, (await records.get('webhook', webhook)) as Webhook);
}

export function listWebhooks(app: App, { tenant }: Principal): Promise<readonly Webhook[]> {
  return app.records.forTenant(tenant).list('webhook');
}

export async function getWebhook(app: App, { tenant }: Principal, webhook: string): Promise<Webhook> {
  const found = await app.records.forTenant(tenant).get('webhook', webhook);
  if (found) return found;
  throw new TandemError('resource.not-found', {
    message: `There is no webhook ${webhook}`,
    details: { webhook },
  });
}

/** Nothing that is under way to it is sent any more. */
export async function removeWebhook(app: App, caller: Principal, webhook: string): Promise<Webhook> {
  const { tenant, subject } = caller;
  let removed: Webhook | undefined;
  await app.audit.update(tenant, async () => {
    removed = await getWebhook(app, caller, webhook);
    return [{ type: 'webhook.removed', by: `user:${subject}`, payload: { webhook } }];
  });
  await app.outbox.forTenant(tenant).removeAll(webhook);
  return removed as Webhook;
}

/** How long a secret is valid after it was changed, in milliseconds. */
const changeMs = 24 * 3_600_000;

/** Each makes every message longer by a signature. */
const mostPreviousSecrets = 4;

/** Throws `limit.exceeded` when it was changed so often within a day that one of the promised days would be cut short. */
export async function changeWebhookSecret(
  app: App,
  caller: Principal,
  webhook: string,
): Promise<WebhookWithSecret> {
  const { tenant, subject } = caller;
  await app.audit.update(tenant, async () => {
    const { secretNumber, previousSecrets = [] } = await getWebhook(app, caller, webhook);
    const now = isoNow(app);
    if (previousSecrets.filter(({ until }) => now < until).length >= mostPreviousSecrets) throw tooOften();
    const previousUntil = new Date(app.clock.now() + changeMs).toISOString();
    const payload = { webhook, secretNumber: secretNumber + 1, previousUntil };
    return [{ type: 'webhook.secret-changed', by: `user:${subject}`, payload }];
  });
  return withSecret(app, await getWebhook(app, caller, webhook));
}

async function withSecret(app: App, webhook: Webhook): Promise<WebhookWithSecret> {
  const { tenant, webhook: id, secretNumber } = webhook;
  return { webhook, secret: await app.webhookSecrets.secret(tenant, id, secretNumber) };
}

function tooOften(): TandemError {
  const message = `A secret is changed at most ${mostPreviousSecrets} times a day`;
  return new TandemError('limit.exceeded', { message });
}

function tooMany(): TandemError {
  return new TandemError('limit.exceeded', { message: `A tenant has at most ${limits.webhooks} webhooks` });
}
