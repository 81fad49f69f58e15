import type { WebhookAnswer, WebhookRequest, WebhookSender } from '../ports/webhooks.ts';

/** Sends nothing: keeps what it was to send, and answers what it is told. */
export class MemoryWebhookSender implements WebhookSender {
  readonly sent: WebhookRequest[] = [];
  readonly #answer: (request: WebhookRequest) => WebhookAnswer | Promise<WebhookAnswer>;

  constructor(
    answer: (request: WebhookRequest) => WebhookAnswer | Promise<WebhookAnswer> = () => ({
      status: 204,
      body: '',
    }),
  ) {
    this.#answer = answer;
  }

  async check(): Promise<void> {}

  async send(request: WebhookRequest): Promise<WebhookAnswer> {
    this.sent.push(request);
    return this.#answer(request);
  }
}
