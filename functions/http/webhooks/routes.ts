import * as z from 'zod';
import { schema } from '../../../shared/protocol/schema.ts';
import {
  addWebhook,
  delivery,
  deliveryId,
  deliveryPage,
  deliveryQuery,
  webhook,
  webhookId,
  webhookList,
  webhookWithSecret,
} from '../../../shared/protocol/webhooks.ts';
import { admin } from '../needs.ts';
import { defineRoute, type Route } from '../route.ts';

const ofWebhook = schema(() => z.strictObject({ webhook: webhookId() }));
const ofDelivery = schema(() => ofWebhook().extend({ delivery: deliveryId() }));

/** Addresses that are told of events, and what was sent to them. */
export const webhookRoutes = {
  addWebhook: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/webhooks',
    summary: 'Add a webhook',
    body: addWebhook,
    status: 201,
    errors: ['webhook.address'],
    response: webhookWithSecret,
  }),
  listWebhooks: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/webhooks',
    summary: 'List the webhooks of the tenant',
    status: 200,
    response: webhookList,
  }),
  getWebhook: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/webhooks/{webhook}',
    summary: 'Get a webhook',
    params: ofWebhook,
    status: 200,
    response: webhook,
  }),
  removeWebhook: defineRoute({
    ...admin,
    method: 'DELETE',
    path: '/v1/webhooks/{webhook}',
    summary: 'Remove a webhook',
    params: ofWebhook,
    status: 200,
    response: webhook,
  }),
  changeWebhookSecret: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/webhooks/{webhook}/secret',
    summary: 'Give a webhook a new secret',
    params: ofWebhook,
    status: 201,
    response: webhookWithSecret,
  }),
  testWebhook: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/webhooks/{webhook}/test',
    summary: 'Send a webhook a test message',
    params: ofWebhook,
    status: 200,
    errors: ['webhook.disabled'],
    response: delivery,
  }),
  listDeliveries: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/webhooks/{webhook}/deliveries',
    summary: 'List what a webhook was sent, newest first',
    params: ofWebhook,
    query: deliveryQuery,
    status: 200,
    response: deliveryPage,
  }),
  getDelivery: defineRoute({
    ...admin,
    method: 'GET',
    path: '/v1/webhooks/{webhook}/deliveries/{delivery}',
    summary: 'Get a delivery',
    params: ofDelivery,
    status: 200,
    response: delivery,
  }),
  replayDelivery: defineRoute({
    ...admin,
    method: 'POST',
    path: '/v1/webhooks/{webhook}/deliveries/{delivery}/replay',
    summary: 'Send a delivery again',
    params: ofDelivery,
    idempotent: 'by-nature',
    status: 202,
    errors: ['webhook.disabled'],
    response: delivery,
  }),
} satisfies Record<string, Route>;
