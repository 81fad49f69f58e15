import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { webhookRoutes } from './routes.ts';

export const listWebhooks = (api: Pick<Api, 'listWebhooks'>) =>
  endpoint(webhookRoutes.listWebhooks, async ({ caller }) => ({
    data: { items: await api.listWebhooks(caller) },
  }));

export const getWebhook = (api: Pick<Api, 'getWebhook'>) =>
  endpoint(webhookRoutes.getWebhook, async ({ caller, params }) => ({
    data: await api.getWebhook(caller, params.webhook),
  }));
