import { createHmac } from 'node:crypto';
import type { WebhookSecrets } from '../ports/webhooks.ts';
import { type KeySource, keyFrom } from './key-source.ts';

/** Secrets of webhooks, derived from one key: nothing is stored, so no record, log or backup of them holds a secret. */
export class HmacWebhookSecrets implements WebhookSecrets {
  readonly #key: KeySource;

  /** `key`: at least 32 bytes; whoever has it can sign for every webhook. */
  constructor(key: KeySource) {
    this.#key = key;
  }

  async secret(tenant: string, webhook: string, number: number): Promise<string> {
    const name = `tandem webhook 1\n${JSON.stringify([tenant, webhook, number])}`;
    return `whsec_${createHmac('sha256', await keyFrom(this.#key))
      .update(name)
      .digest('base64')}`;
  }
}
