import type { Webhook } from '../../domain/audit/records.ts';
import type { App } from '../app.ts';

/** Has nothing sent to a webhook any more; what is under way to it is given up when it is due. */
export async function disableWebhook(
  app: App,
  { tenant, webhook }: Pick<Webhook, 'tenant' | 'webhook'>,
  reason: string,
): Promise<void> {
  const records = app.records.forTenant(tenant);
  await app.audit.update(tenant, async () => {
    const now = await records.get('webhook', webhook);
    if (now?.status !== 'active') return [];
    return [{ type: 'webhook.disabled', by: 'system', payload: { webhook, reason } }];
  });
}
