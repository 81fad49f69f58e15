import type { Webhook } from '../../domain/audit/records.ts';
import type { Delivery } from '../../domain/webhooks/delivery.ts';
import type { WebhookEvent } from '../../domain/webhooks/events.ts';
import type { Principal } from '../../ports/identity.ts';
import type { DeliveryFilter } from '../../ports/outbox.ts';
import type { Page } from '../../ports/projections.ts';

export interface WebhookUseCases {
  /** The only answer, besides that of `changeWebhookSecret`, that holds a secret. */
  addWebhook(caller: Principal, wanted: WebhookWanted): Promise<WebhookWithSecret>;
  /** In the order they were added. */
  listWebhooks(caller: Principal): Promise<readonly Webhook[]>;
  getWebhook(caller: Principal, webhook: string): Promise<Webhook>;
  /** Answers what it was. */
  removeWebhook(caller: Principal, webhook: string): Promise<Webhook>;
  /** For a day messages are signed with the secret before as well. */
  changeWebhookSecret(caller: Principal, webhook: string): Promise<WebhookWithSecret>;
  /** Sends a message of the type `webhook.test` and answers what came of it. */
  testWebhook(caller: Principal, webhook: string): Promise<Delivery>;
  /** Newest first. */
  listDeliveries(caller: Principal, webhook: string, filter: DeliveryFilter): Promise<Page<Delivery>>;
  getDelivery(caller: Principal, webhook: string, delivery: string): Promise<Delivery>;
  /** Has it sent again, under the same id, whatever became of it. */
  replayDelivery(caller: Principal, webhook: string, delivery: string): Promise<Delivery>;
}

export interface WebhookWanted {
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly description?: string;
}

export interface WebhookWithSecret {
  readonly webhook: Webhook;
  /** `whsec_` and base64. */
  readonly secret: string;
}
