/** What a webhook can ask to be told, named as the events of the logs. */
export const webhookEvents = [
  'run.created',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
  'approval.requested',
  'approval.approved',
  'approval.denied',
  'approval.expired',
  'agent.published',
  'tenant.suspended',
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

/** What a webhook is sent when somebody tries it out. */
export const webhookTest = 'webhook.test';

const known: ReadonlySet<string> = new Set(webhookEvents);

/** Whether webhooks can be told of a type of event at all. */
export function isWebhookEvent(type: string): type is WebhookEvent {
  return known.has(type);
}
