import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { webhookRoutes } from './routes.ts';

export const testWebhook = (api: Api) =>
  endpoint(webhookRoutes.testWebhook, async ({ caller, params }) => ({
    data: await api.testWebhook(caller, params.webhook),
  }));

export const listDeliveries = (api: Api) =>
  endpoint(webhookRoutes.listDeliveries, async ({ caller, params, query }) => ({
    data: await api.listDeliveries(caller, params.webhook, query),
  }));

export const getDelivery = (api: Api) =>
  endpoint(webhookRoutes.getDelivery, async ({ caller, params }) => ({
    data: await api.getDelivery(caller, params.webhook, params.delivery),
  }));

export const replayDelivery = (api: Api) =>
  endpoint(webhookRoutes.replayDelivery, async ({ caller, params }) => ({
    data: await api.replayDelivery(caller, params.webhook, params.delivery),
  }));
