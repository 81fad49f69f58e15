import type { Webhook } from '../../domain/audit/records.ts';
import { type Attempt, type Delivery, pauseAfter } from '../../domain/webhooks/delivery.ts';
import { signatureHeaders } from '../../domain/webhooks/signature.ts';
import type { WebhookAnswer } from '../../ports/webhooks.ts';
import type { App } from '../app.ts';
import { isoNow } from '../app.ts';
import { disableWebhook } from './disable.ts';

/** The longest that a receiver can ask to be left alone. */
const longestPauseMs = 24 * 3_600_000;

/**
 * Sends a delivery once and records what came of it. At least once: whoever is cut off in between sends it again, under the
 * same id. Answers the delivery as it stands then; `undefined` when its webhook is gone.
 */
export async function attempt(app: App, delivery: Delivery): Promise<Delivery | undefined> {
  const { tenant, webhook: id } = delivery;
  const webhook = await app.records.forTenant(tenant).get('webhook', id);
  const outbox = app.outbox.forTenant(tenant);
  if (!webhook) {
    await outbox.removeAll(id);
    return undefined;
  }
  if (webhook.status === 'disabled') return record(app, delivery, { kind: 'given-up' });
  const began = app.clock.now();
  const answer = await app.webhookSender.send({
    url: webhook.url,
    headers: { ...fixedHeaders, ...(await signed(app, webhook, delivery)) },
    body: delivery.body,
  });
  const last = attemptOf(answer, { at: new Date(began).toISOString(), took: app.clock.now() - began });
  if (isGone(answer)) await disableWebhook(app, webhook, 'It answered 410 Gone');
  const retryAfterMs = 'retryAfterMs' in answer ? answer.retryAfterMs : undefined;
  return record(app, delivery, { kind: 'tried', last, retryAfterMs: retryAfterMs ?? 0 });
}

const fixedHeaders = {
  'content-type': 'application/cloudevents+json; charset=utf-8',
  'user-agent': 'Tandem-Webhooks/1',
};

/** While a secret is being changed those before it sign as well. */
async function signed(app: App, webhook: Webhook, { delivery: id, body }: Delivery) {
  const { tenant, secretNumber, previousSecrets = [] } = webhook;
  const now = isoNow(app);
  const valid = previousSecrets.filter(({ until }) => now < until).map(({ number }) => number);
  const numbers = [secretNumber, ...valid];
  const secrets = await Promise.all(
    numbers.map((number) => app.webhookSecrets.secret(tenant, webhook.webhook, number)),
  );
  return signatureHeaders({ id, timestamp: Math.floor(app.clock.now() / 1_000), body }, secrets);
}

type Outcome =
  | { readonly kind: 'given-up' }
  | { readonly kind: 'tried'; readonly last: Attempt; readonly retryAfterMs: number };

/** What somebody else has changed meanwhile, a replay for instance, stands. */
async function record(app: App, delivery: Delivery, outcome: Outcome): Promise<Delivery | undefined> {
  const outbox = app.outbox.forTenant(delivery.tenant);
  const next = nextOf(app, delivery, outcome);
  if (await outbox.put(next)) return next;
  return outbox.get(delivery.webhook, delivery.delivery);
}

function nextOf(app: App, { dueAt: _, ...delivery }: Delivery, outcome: Outcome): Delivery {
  const revision = delivery.revision + 1;
  if (outcome.kind === 'given-up') return { ...delivery, revision, status: 'dead' };
  const { last, retryAfterMs } = outcome;
  const tried = { ...delivery, revision, attempts: delivery.attempts + 1, last };
  if (last.error === undefined) return { ...tried, status: 'delivered' };
  const pause = last.status === 410 ? undefined : pauseAfter(tried.attempts, app.ids.random());
  if (pause === undefined) return { ...tried, status: 'dead' };
  const dueAt = app.clock.now() + Math.max(pause, Math.min(retryAfterMs, longestPauseMs));
  return { ...tried, status: 'pending', dueAt: new Date(dueAt).toISOString() };
}

function attemptOf(answer: WebhookAnswer, times: Pick<Attempt, 'at' | 'took'>): Attempt {
  if ('error' in answer) return { ...times, error: answer.error };
  const { status, body } = answer;
  const text = body === '' ? {} : { answer: body };
  if (status >= 200 && status < 300) return { ...times, status, ...text };
  return { ...times, status, ...text, error: `It answered ${status}` };
}

const isGone = (answer: WebhookAnswer): boolean => 'status' in answer && answer.status === 410;
