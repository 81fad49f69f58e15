/** One request to a webhook. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of a request: an answer, or why there was none, in a sentence. */
export type WebhookAnswer =
  | {
      readonly status: number;
      /** How its body begins: at most 1,024 characters. */
      readonly body: string;
      /** What it asks to wait, in milliseconds. */
      readonly retryAfterMs?: number;
    }
  | { readonly error: string };

/**
 * Sends to addresses that tenants have named. Never to one that is not public, whatever a name leads to, nor where a
 * redirect leads; never longer than 10 s.
 */
export interface WebhookSender {
  /** Throws `webhook.address` for an address that nothing is sent to, as far as it can be told without the network. */
  check(url: string): Promise<void>;
  send(request: WebhookRequest): Promise<WebhookAnswer>;
}

/** The secrets that webhooks are signed with. */
export interface WebhookSecrets {
  /** The `number`-th one of a webhook, always the same: `whsec_` and base64. */
  secret(tenant: string, webhook: string, number: number): Promise<string>;
}
