import * as z from 'zod';
import { page } from './envelope.ts';
import { pageQuery, timestamp } from './primitives.ts';
import { type Inferred, schema } from './schema.ts';

/** Id of a webhook. */
export const webhookId = schema(() =>
  z.string().regex(/^whk_[0-9a-z]{1,64}$/, 'the id of a webhook (whk_…)'),
);

/** Id of a delivery: `webhook-id` of its requests. */
export const deliveryId = schema(() =>
  z.string().regex(/^dlv_[0-9a-z-]{1,128}$/, 'the id of a delivery (dlv_…)'),
);

/** What a webhook can ask to be told. A test holds it against the core. */
export const webhookEvent = schema(() =>
  z.enum([
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
  ]),
);

/** Body of `POST /v1/webhooks`. */
export const addWebhook = schema(() =>
  z.strictObject({
    /** https, on the public internet. */
    url: z.string().min(1).max(2_048),
    events: z.array(webhookEvent()).min(1).max(webhookEvent().options.length),
    description: z.string().max(500).exactOptional(),
  }),
);

export type AddWebhook = Inferred<typeof addWebhook>;

export const webhook = schema(() =>
  z.object({
    tenant: z.string(),
    webhook: webhookId(),
    url: z.string(),
    events: z.array(webhookEvent()),
    description: z.string().exactOptional(),
    status: z.enum(['active', 'disabled']),
    /** Why it is disabled. */
    reason: z.string().exactOptional(),
    /** Which of its secrets messages are signed with, from 1. */
    secretNumber: z.int(),
    /** Those before it, the newest first, and until when they sign as well. */
    previousSecrets: z.array(z.object({ number: z.int(), until: timestamp() })).exactOptional(),
    createdAt: timestamp(),
    createdBy: z.string(),
  }),
);

export type Webhook = Inferred<typeof webhook>;

/** The only answer that holds the secret. */
export const webhookWithSecret = schema(() =>
  webhook().extend({
    /** `whsec_` and base64, as libraries of Standard Webhooks take it. */
    secret: z.string(),
  }),
);

export type WebhookWithSecret = Inferred<typeof webhookWithSecret>;

export const webhookList = schema(() => z.object({ items: z.array(webhook()) }));

export type WebhookList = Inferred<typeof webhookList>;

export const deliveryStatus = schema(() => z.enum(['pending', 'delivered', 'dead']));

export type DeliveryStatus = Inferred<typeof deliveryStatus>;

/** One message to one webhook. */
export const delivery = schema(() =>
  z.object({
    tenant: z.string(),
    webhook: webhookId(),
    /** The run that it tells of: it is removed with it. */
    run: z.string().exactOptional(),
    delivery: deliveryId(),
    event: z.union([webhookEvent(), z.literal('webhook.test')]),
    /** What is sent: a CloudEvent as JSON text. */
    body: z.string(),
    status: deliveryStatus(),
    createdAt: timestamp(),
    /** Since it was made or last replayed. */
    attempts: z.int(),
    /** When the next attempt is due. */
    dueAt: timestamp().exactOptional(),
    last: z
      .object({
        at: timestamp(),
        /** Milliseconds. */
        took: z.int(),
        /** HTTP status of the answer. */
        status: z.int().exactOptional(),
        /** How its body begins. */
        answer: z.string().exactOptional(),
        error: z.string().exactOptional(),
      })
      .exactOptional(),
    /** Counts its changes. */
    revision: z.int(),
  }),
);

export type Delivery = Inferred<typeof delivery>;

export const deliveryPage = schema(() => page(delivery()));

export type DeliveryPage = Inferred<typeof deliveryPage>;

/** Query of `GET /v1/webhooks/{webhook}/deliveries`. */
export const deliveryQuery = schema(() => pageQuery().extend({ status: deliveryStatus().exactOptional() }));
