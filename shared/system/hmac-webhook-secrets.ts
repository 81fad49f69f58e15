import { createHmac } from 'node:crypto';
import type { WebhookSecrets } from '../ports/webhooks.ts';

/** Secrets of webhooks, derived from one key: nothing is stored, so no record, log or backup of them holds a secret. */
export class HmacWebhookSecrets implements WebhookSecrets {
  readonly #key: Uint8Array;

  /** `key`: at least 32 bytes; whoever has it can sign for every webhook. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  async secret(tenant: string, webhook: string, number: number): Promise<string> {
    const name = `tandem webhook 1\n${JSON.stringify([tenant, webhook, number])}`;
    return `whsec_${createHmac('sha256', this.#key).update(name).digest('base64')}`;
  }
}
