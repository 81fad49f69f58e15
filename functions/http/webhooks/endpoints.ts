import type { Api } from '../../../shared/application/api.ts';
import type { EndpointsOf } from '../endpoint.ts';
import { addWebhook, changeWebhookSecret, removeWebhook } from './change-webhooks.ts';
import { getDelivery, listDeliveries, replayDelivery, testWebhook } from './deliveries.ts';
import { getWebhook, listWebhooks } from './read-webhooks.ts';
import type { webhookRoutes } from './routes.ts';

export const webhookEndpoints = (api: Api): EndpointsOf<typeof webhookRoutes> => ({
  addWebhook: addWebhook(api),
  listWebhooks: listWebhooks(api),
  getWebhook: getWebhook(api),
  removeWebhook: removeWebhook(api),
  changeWebhookSecret: changeWebhookSecret(api),
  testWebhook: testWebhook(api),
  listDeliveries: listDeliveries(api),
  getDelivery: getDelivery(api),
  replayDelivery: replayDelivery(api),
});
