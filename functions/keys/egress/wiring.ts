import { HttpsWebhookSender } from '../../../shared/egress/https-webhook-sender.ts';
import type { WebhookSender } from '../../../shared/ports/webhooks.ts';

/** `isPrivate`: whether webhooks may lead to where only we can reach. */
export const webhookSender = (isPrivate: boolean): WebhookSender =>
  new HttpsWebhookSender({ private: isPrivate });
