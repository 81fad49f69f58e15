import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: { readonly id: string; readonly type: string; readonly subject?: string };
}

/** Somebody's server that is told of events. It can be closed, and opened again at the same address. */
export class WebhookReceiver implements AsyncDisposable {
  readonly received: Received[] = [];
  /** What a message is answered; `hold`: nothing. */
  answer: number | 'hold' = 204;
  readonly #host: string;
  #server: Server | undefined;
  #port = 0;
  #waiting: (() => void)[] = [];

  private constructor(host: string) {
    this.#host = host;
  }

  /** `host`: the address of this machine that it listens on. */
  static async open(host = '127.0.0.1'): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(host);
    await receiver.open();
    return receiver;
  }

  get url(): string {
    return `http://${this.#host}:${this.#port}/hook`;
  }

  async open(): Promise<void> {
    const server = createServer(async (request, response) => {
      const pieces: Buffer[] = await Array.fromAsync(request);
      const body = Buffer.concat(pieces).toString();
      const event = JSON.parse(body) as Received['event'];
      this.received.push({ headers: request.headers as Received['headers'], body, event });
      this.#reply(response);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    server.listen(this.#port, this.#host);
    await once(server, 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  /** The first message, from the `skip`-th on, that fits; as soon as there is one. */
  async message(fits: (message: Received) => boolean, skip = 0): Promise<Received> {
    for (;;) {
      const found = this.received.slice(skip).find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #reply(response: ServerResponse): void {
    if (this.answer !== 'hold') response.writeHead(this.answer).end();
  }
}
