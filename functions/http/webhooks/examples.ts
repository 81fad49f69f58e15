import type { Examples } from '../openapi/example.ts';
import type { webhookRoutes } from './routes.ts';

const webhook = { webhook: 'whk_01kdvdna000000000000000001' };
const delivery = { ...webhook, delivery: 'dlv_01kdvdna000000000000000002-01kdvdna000000000000000001' };

export const webhookExamples = {
  addWebhook: {
    body: {
      url: 'https://example.com/hooks/tandem',
      events: ['run.succeeded', 'run.failed', 'approval.requested'],
      description: 'Tells the team',
    },
  },
  listWebhooks: {},
  getWebhook: { params: webhook },
  removeWebhook: { params: webhook },
  changeWebhookSecret: { params: webhook },
  testWebhook: { params: webhook },
  listDeliveries: { params: webhook, query: { status: 'dead', limit: '10' } },
  getDelivery: { params: delivery },
  replayDelivery: { params: delivery },
} satisfies Examples<typeof webhookRoutes>;
