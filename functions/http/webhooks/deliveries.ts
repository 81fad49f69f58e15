import type { Api } from '../../../shared/application/api.ts';
import { endpoint } from '../endpoint.ts';
import { webhookRoutes } from './routes.ts';

export const testWebhook = (api: Pick<Api, 'testWebhook'>) =>
  endpoint(webhookRoutes.testWebhook, async ({ caller, params }) => ({
    data: await api.testWebhook(caller, params.webhook),
  }));

export const listDeliveries = (api: Pick<Api, 'listDeliveries'>) =>
  endpoint(webhookRoutes.listDeliveries, async ({ caller, params, query }) => ({
    data: await api.listDeliveries(caller, params.webhook, query),
  }));

export const getDelivery = (api: Pick<Api, 'getDelivery'>) =>
  endpoint(webhookRoutes.getDelivery, async ({ caller, params }) => ({
    data: await api.getDelivery(caller, params.webhook, params.delivery),
  }));

export const replayDelivery = (api: Pick<Api, 'replayDelivery'>) =>
  endpoint(webhookRoutes.replayDelivery, async ({ caller, params }) => ({
    data: await api.replayDelivery(caller, params.webhook, params.delivery),
  }));
