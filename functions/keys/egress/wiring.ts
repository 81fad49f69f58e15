import { globalAgent } from 'node:https';
import { HttpsWebhookSender } from '../../../shared/egress/https-webhook-sender.ts';
import type { WebhookSender } from '../../../shared/ports/webhooks.ts';

/** How webhooks come to where they lead. */
export interface Egress {
  /** Whether they may lead to where only we can reach. */
  readonly private: boolean;
  /** Whether Node goes through a proxy, which its own agent knows of. */
  readonly proxied: boolean;
}

export const webhookSender = ({ private: isPrivate, proxied }: Egress): WebhookSender =>
  new HttpsWebhookSender({ private: isPrivate, ...(proxied ? { throughProxy: globalAgent } : {}) });
