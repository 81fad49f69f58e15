import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { webhookRoutes } from './routes.ts';

export const addWebhook = (api: Pick<Api, 'addWebhook'>) =>
  endpoint(webhookRoutes.addWebhook, async ({ caller, body }) => {
    const { webhook, secret } = await api.addWebhook(caller, body);
    return {
      data: { ...webhook, secret },
      headers: { location: `/v1/webhooks/${webhook.webhook}` },
    };
  });

export const removeWebhook = (api: Pick<Api, 'removeWebhook'>) =>
  endpoint(webhookRoutes.removeWebhook, async ({ caller, params }) => ({
    data: await api.removeWebhook(caller, params.webhook),
  }));

export const changeWebhookSecret = (api: Pick<Api, 'changeWebhookSecret'>) =>
  endpoint(webhookRoutes.changeWebhookSecret, async ({ caller, params }) => {
    const { webhook, secret } = await api.changeWebhookSecret(caller, params.webhook);
    return { data: { ...webhook, secret } };
  });
